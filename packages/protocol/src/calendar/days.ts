import type { Offset, TimeZone } from './timeZone.ts'

const dayMs = 86_400_000

/** The midnight before a time of the clock. */
export function dayOf(clockMs: number): number {
  return Math.floor(clockMs / dayMs) * dayMs
}

/**
 * The first instant of a day: where clocks skip midnight, the one after the gap; where the calendar left the day out,
 * that of the next one.
 *
 * @param dayClockMs its midnight on the clock
 */
export function startOfDay(zone: TimeZone, dayClockMs: number): number {
  const near = zone.offsets(dayClockMs - 2 * dayMs, dayClockMs + 2 * dayMs)
  const starts = near.map(({ fromMs, aheadMs }) => Math.max(fromMs, dayClockMs - aheadMs))
  return starts.find((startMs, nth) => startMs < (near[nth + 1]?.fromMs ?? Infinity)) ?? dayClockMs
}

/**
 * The offsets of a range, for telling its days apart: a day that has begun goes on where the clock is set back over its
 * midnight, so that days are one after the other.
 */
export function dayOffsets(zone: TimeZone, fromMs: number, toMs: number): readonly [Offset, ...Offset[]] {
  const [first, ...changes] = zone.offsets(fromMs - 2 * dayMs, toMs)
  const found: [Offset, ...Offset[]] = [first]
  let current = first
  for (const change of changes) {
    const begunMs = dayOf(change.fromMs - 1 + current.aheadMs)
    if (dayOf(change.fromMs + change.aheadMs) < begunMs) {
      found.push({ fromMs: change.fromMs, aheadMs: begunMs - change.fromMs })
      found.push({ fromMs: begunMs - change.aheadMs, aheadMs: change.aheadMs })
    } else found.push(change)
    current = change
  }
  return found
}
