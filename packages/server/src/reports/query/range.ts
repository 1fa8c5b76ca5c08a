import {
  dayOf,
  type Problem,
  ProblemCode,
  startOfDay,
  type TimeZone,
  timeZone,
  utc,
} from '@playhead/protocol'
import { moment } from '../moment.ts'

/** A range of time on a clock: from the first moment to the one after the last, epoch milliseconds. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
  readonly zone: TimeZone
}

const dayMs = 86_400_000
const clockTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/

export interface RangeRequest {
  readonly from: string
  readonly to: string
  readonly timeZone?: string
}

/** Read the range of a request, or say all that is wrong with it; what is missing is wrong already. */
export function readRange(request: Partial<RangeRequest>, problems: Problem[]): Range | undefined {
  const zone = timeZone(request.timeZone ?? 'UTC')
  if (zone === undefined)
    problems.push(
      rangeProblem('/timeZone', 'There is no such time zone.', 'IANA name such as "Europe/Berlin"'),
    )
  const read = (text: string | undefined, pointer: string): number | undefined =>
    text === undefined ? undefined : readMoment(text, pointer, zone ?? utc, problems)
  const fromMs = read(request.from, '/from')
  const toMs = read(request.to, '/to')
  if (zone === undefined || fromMs === undefined || toMs === undefined) return undefined
  if (toMs <= fromMs) {
    problems.push(rangeProblem('/to', 'The range is empty: it must end after it begins.'))
    return undefined
  }
  return { fromMs, toMs, zone }
}

/** A day or a time of the zone's clock, or a moment that names its offset. */
export function readMoment(
  text: string,
  pointer: string,
  zone: TimeZone,
  problems: Problem[],
): number | undefined {
  try {
    if (!clockTime.test(text)) return moment(text)
    return text.length === 10 ? startOfDay(zone, moment(text)) : zone.instantOf(moment(`${text}Z`))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problems.push(
      rangeProblem(
        pointer,
        'There is no such time.',
        'day such as "2026-11-20", time such as "2026-11-20T16:00", or moment such as "2026-11-20T16:00:00Z"',
      ),
    )
    return undefined
  }
}

export function rangeProblem(pointer: string, message: string, expected?: string): Problem {
  return { code: ProblemCode.rangeInvalid, pointer, message, ...(expected !== undefined && { expected }) }
}

/** The period that a range is compared to. Whole months and whole days of the clock stay such. */
export function comparedRange(range: Range, compareTo: string, problems: Problem[]): Range | undefined {
  const { fromMs, toMs, zone } = range
  if (compareTo === 'previousPeriod') {
    const months = wholeMonths(range)
    if (months !== undefined) return { fromMs: monthsLater(zone, fromMs, -months), toMs: fromMs, zone }
    const days = wholeDays(range)
    if (days !== undefined) return { fromMs: daysLater(zone, fromMs, -days), toMs: fromMs, zone }
    return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, zone }
  }
  if (compareTo === 'previousYear') {
    return { fromMs: monthsLater(zone, fromMs, -12), toMs: monthsLater(zone, toMs, -12), zone }
  }
  const thenMs = readMoment(compareTo, '/compareTo', zone, problems)
  if (thenMs === undefined) return undefined
  const days = wholeDays(range)
  const endMs = days === undefined ? thenMs + (toMs - fromMs) : daysLater(zone, thenMs, days)
  return { fromMs: thenMs, toMs: endMs, zone }
}

function wholeDays({ fromMs, toMs, zone }: Range): number | undefined {
  const [from, to] = [fromMs, toMs].map((ms) => dayOf(zone.clockAt(ms)))
  if (from === undefined || to === undefined) return undefined
  const isWhole = isDayStart(zone, fromMs) && isDayStart(zone, toMs)
  return isWhole ? (to - from) / dayMs : undefined
}

function wholeMonths(range: Range): number | undefined {
  const [from, to] = [range.fromMs, range.toMs].map((ms) => new Date(range.zone.clockAt(ms)))
  if (wholeDays(range) === undefined || from?.getUTCDate() !== 1 || to?.getUTCDate() !== 1) return undefined
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
}

function isDayStart(zone: TimeZone, epochMs: number): boolean {
  return startOfDay(zone, dayOf(zone.clockAt(epochMs))) === epochMs
}

/** The same time of another day. */
function daysLater(zone: TimeZone, epochMs: number, days: number): number {
  const clockMs = zone.clockAt(epochMs)
  return instantOn(zone, epochMs, dayOf(clockMs) + days * dayMs)
}

/** When a day shows the clock's time at an instant; the beginning of one day becomes that of the other. */
function instantOn(zone: TimeZone, epochMs: number, dayClockMs: number): number {
  if (isDayStart(zone, epochMs)) return startOfDay(zone, dayClockMs)
  const clockMs = zone.clockAt(epochMs)
  return zone.instantOf(dayClockMs + clockMs - dayOf(clockMs))
}

/** The same day of another month, or the last one it has. */
function monthsLater(zone: TimeZone, epochMs: number, months: number): number {
  const clock = new Date(zone.clockAt(epochMs))
  const month = Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth() + months, 1)
  const lastDay = new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth() + months + 1, 0)).getUTCDate()
  const day = Math.min(clock.getUTCDate(), lastDay)
  return instantOn(zone, epochMs, month + (day - 1) * dayMs)
}
