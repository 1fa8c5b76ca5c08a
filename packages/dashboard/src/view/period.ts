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

/** What a period is compared with. */
export function comparedPeriod({ from, to }: Period, compare: Compare): Period | undefined {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  switch (compare) {
    case 'none':
      return undefined
    case 'previous':
      return iso(fromMs - (toMs - fromMs), fromMs)
    case 'week':
      return iso(fromMs - 7 * dayMs, toMs - 7 * dayMs)
    case 'year':
      // The same days of the week.
      return iso(fromMs - 364 * dayMs, toMs - 364 * dayMs)
  }
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
    const found: number[] = []
    for (let day = dayAt(fromMs, timeZone); midnight(day, timeZone) < toMs; day = nextDay(day)) {
      found.push(midnight(day, timeZone))
    }
    return found
  }
  const stepMs = granularity === 'hour' ? hourMs : 60_000
  const aheadMs = offsetMs(fromMs, timeZone)
  const firstMs = Math.floor((fromMs + aheadMs) / stepMs) * stepMs - aheadMs
  return Array.from({ length: Math.ceil((toMs - firstMs) / stepMs) }, (_, nth) => firstMs + nth * stepMs)
}

/** The day that it is in a time zone at a moment. */
function dayAt(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetMs(atMs, timeZone)).toISOString().slice(0, 10)
}

function iso(fromMs: number, toMs: number): Period {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
}

/** When a day begins in a time zone, epoch milliseconds. */
function midnight(day: string, timeZone: string): number {
  const utcMs = Date.parse(`${day}T00:00:00Z`)
  const guessMs = utcMs - offsetMs(utcMs, timeZone)
  // The clock may be changed in between.
  return utcMs - offsetMs(guessMs, timeZone)
}

/** How far a time zone is ahead of UTC at a moment. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs)
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  const localMs = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
  return localMs - Math.floor(atMs / 1000) * 1000
}
