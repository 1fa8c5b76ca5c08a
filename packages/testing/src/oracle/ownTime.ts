import { idleMs } from './readClock.ts'
import type { OracleEvent } from './readEvent.ts'

/** An event at its time on the session's own time line, `ts`. */
export interface TimedEvent extends OracleEvent {
  /** What passed since the event before it: none, if it came too late or the clock says nothing. */
  readonly stepMs: number
  /** What passed as far as the playhead is concerned: at a jump of a list's clock it may have moved all the same. */
  readonly reachMs: number
}

const graceMs = 60_000
const stepMax = idleMs + graceMs
const totalMax = 86_400_000 + graceMs
const pingMs = 10_000
/** A clock may be five minutes off. */
const skewMax = 300_000
/** 3 March 1973: what is said to be earlier was said by a device that has no time. */
const noTimeBefore = 1e11

/** J-1 and J-4: no step is longer than the server saw it to be possible, and neither are all together. */
export function timeOnline(events: readonly OracleEvent[]): TimedEvent[] {
  const [start] = events
  const timed: TimedEvent[] = []
  let excessMs = 0
  let totalMs = 0
  let latest = Number.NEGATIVE_INFINITY
  let latestAtMs = 0
  for (const event of events) {
    latestAtMs = Math.max(latestAtMs, event.atMs)
    const last = timed.at(-1)
    const read = event.ts - excessMs
    const isBeforeJump = excessMs > 0 && read < latest - idleMs
    const ts = isBeforeJump ? last!.ts : read
    const said = last === undefined || isBeforeJump ? 0 : timeSince(latest, last, { ...event, ts })
    const arrivalMs = Math.max(0, event.atMs - (last?.atMs ?? event.atMs))
    const possible = said > stepMax && said > arrivalMs ? arrivalMs : said
    const leftMs = Math.min(latestAtMs - start!.atMs + idleMs, totalMax) - totalMs
    const stepMs = Math.min(possible, Math.max(0, leftMs))
    excessMs += said - stepMs
    totalMs += stepMs
    timed.push({ ...event, ts: ts - (said - stepMs), stepMs, reachMs: stepMs })
    latest = Math.max(latest, ts - (said - stepMs))
  }
  return timed
}

/**
 * What passed since the last event. What is up to the latest of all has been attributed. A time before that one is of
 * an event that came too late, and then it came right behind the one before; or of a clock that was set back, and
 * then as much passed for the server as for the device, give or take a half.
 */
function timeSince(latest: number, last: OracleEvent, { ts, atMs }: OracleEvent): number {
  if (ts >= latest) return ts - latest
  const [device, server] = [ts - last.ts, atMs - last.atMs]
  if (device <= 0 || server <= 0 || server * 2 < device) return 0
  return server < device ? server : device
}

/** J-2: what a list's clock leaps over is no time, and the clock after the last leap is the right one. */
export function timeList(listed: readonly OracleEvent[], uploadedAtMs: number): TimedEvent[] {
  const leaps: number[] = []
  let highest = listed[0]!.ts
  for (const { ts } of listed) {
    const dt = ts - highest
    const isLeap = dt > stepMax || dt < -idleMs
    leaps.push(isLeap ? dt : 0)
    highest = isLeap ? ts : Math.max(highest, ts)
  }
  const hasLeapt = leaps.some((leapMs) => leapMs !== 0)
  const isAhead = highest > uploadedAtMs + (hasLeapt ? 0 : skewMax)
  const isMoved = isAhead || highest < noTimeBefore
  const movedMs = isMoved ? uploadedAtMs - highest : 0
  const moved = listed.map((event, i) => {
    const ts = event.ts + total(leaps.slice(i + 1)) + movedMs
    // A list has no arrivals: each event came when it happened.
    return { ...event, ts, atMs: ts }
  })
  return timeOnline(moved).map((event, i) => (leaps[i]! > 0 ? { ...event, reachMs: pingMs } : event))
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
