import { dayOf, startOfDay, timeZone as zoneNamed, type TimeZone, utc } from '@playhead/protocol/reporting'
import type { Compare, LastName, Range } from './view.ts'

/** A stretch of time, the end not included; ISO 8601 in UTC. */
export interface Period {
  readonly from: string
  readonly to: string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const lastMs: Readonly<Record<LastName, number>> = {
  '1h': hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
}

/** The time that a range covers. Up to now means up to the end of this minute, so that questions can be cached. */
export function periodOf(range: Range, timeZone: string, nowMs: number): Period {
  if (range.kind === 'days') {
    return iso(midnight(range.from, timeZone), midnight(nextDay(range.to), timeZone))
  }
  const toMs = (Math.floor(nowMs / 60_000) + 1) * 60_000
  return iso(toMs - lastMs[range.last], toMs)
}

/** What a period is compared with. Whole days of the zone's clock stay such, whether they have 24 hours or not. */
export function comparedPeriod({ from, to }: Period, compare: Compare, timeZone: string): Period | undefined {
  if (compare === 'none') return undefined
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const days = wholeDays(fromMs, toMs, timeZone)
  const earlier = (agoDays: number): Period => {
    const thenMs = daysEarlier(fromMs, agoDays, timeZone)
    return iso(thenMs, days === undefined ? thenMs + toMs - fromMs : daysEarlier(toMs, agoDays, timeZone))
  }
  switch (compare) {
    case 'previous':
      return days === undefined ? iso(fromMs - (toMs - fromMs), fromMs) : earlier(days)
    case 'week':
      return earlier(7)
    case 'year':
      // The same days of the week.
      return earlier(364)
  }
}

/** The days that a period touches, from midnight to midnight of UTC. */
export function daysAround({ from, to }: Period): Period {
  return iso(Math.floor(Date.parse(from) / dayMs) * dayMs, Math.ceil(Date.parse(to) / dayMs) * dayMs)
}

/** Finer steps, for what changes from one moment to the next: some hundreds of them. */
export function fineGranularityOf({ from, to }: Period): 'minute' | 'fifteenMinutes' | 'hour' | 'day' {
  const ms = Date.parse(to) - Date.parse(from)
  if (ms <= 6 * hourMs) return 'minute'
  return ms <= 4 * dayMs ? 'fifteenMinutes' : ms <= 31 * dayMs ? 'hour' : 'day'
}

/** The steps that a period is drawn in: some dozens of them. */
export function granularityOf({ from, to }: Period): 'minute' | 'hour' | 'day' {
  const ms = Date.parse(to) - Date.parse(from)
  return ms <= 3 * hourMs ? 'minute' : ms <= 4 * dayMs ? 'hour' : 'day'
}

/** When the intervals of a period begin, epoch milliseconds. */
export function beginnings(
  { from, to }: Period,
  granularity: 'minute' | 'hour' | 'day',
  timeZone: string,
): number[] {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  if (granularity === 'day') {
    const found = new Set<number>()
    // A day that the calendar left out begins with the next one.
    for (let day = dayAt(fromMs, timeZone); midnight(day, timeZone) < toMs; day = nextDay(day)) {
      found.add(midnight(day, timeZone))
    }
    return [...found]
  }
  const stepMs = granularity === 'hour' ? hourMs : 60_000
  const aheadMs = zoneOf(timeZone).clockAt(fromMs) - fromMs
  const firstMs = Math.floor((fromMs + aheadMs) / stepMs) * stepMs - aheadMs
  return Array.from({ length: Math.ceil((toMs - firstMs) / stepMs) }, (_, nth) => firstMs + nth * stepMs)
}

/** The day that it is in a time zone at a moment. */
function dayAt(atMs: number, timeZone: string): string {
  return new Date(zoneOf(timeZone).clockAt(atMs)).toISOString().slice(0, 10)
}

/** The days from one midnight to another; `undefined` where one of them is none. */
function wholeDays(fromMs: number, toMs: number, timeZone: string): number | undefined {
  const [from, to] = [dayAt(fromMs, timeZone), dayAt(toMs, timeZone)]
  const isWhole = midnight(from, timeZone) === fromMs && midnight(to, timeZone) === toMs
  return isWhole ? (Date.parse(to) - Date.parse(from)) / dayMs : undefined
}

/** When the clock showed the same some days before; the beginning of a day stays one. */
function daysEarlier(atMs: number, days: number, timeZone: string): number {
  const zone = zoneOf(timeZone)
  const clockMs = zone.clockAt(atMs)
  const isMidnight = startOfDay(zone, dayOf(clockMs)) === atMs
  const thenMs = clockMs - days * dayMs
  return isMidnight ? startOfDay(zone, dayOf(thenMs)) : zone.instantOf(thenMs)
}

function iso(fromMs: number, toMs: number): Period {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
}

/** When a day begins in a time zone, epoch milliseconds. */
function midnight(day: string, timeZone: string): number {
  return startOfDay(zoneOf(timeZone), Date.parse(`${day}T00:00:00Z`))
}

/** The zone of a view, which is one that there is. */
export function zoneOf(timeZone: string): TimeZone {
  return zoneNamed(timeZone) ?? utc
}
