import type { OracleEvent } from './readEvent.ts'

export const idleMs = 600_000
export const windowMs = 5000

/** What is known of a device's clock that may be set back while its session runs (J-3), in order of arrival. */
export interface Clock {
  /** What is added to a `ts` to read it. */
  readonly correctionMs: number
  /** `ts` of the event that arrived right before, if it was behind. */
  readonly behindTs: number | undefined
}

export const clockAtStart: Clock = { correctionMs: 0, behindTs: undefined }

/** The event at the time that its `ts` means, and the clock from then on; of `taken`, the session's start is the first. */
export function readClock(
  { correctionMs, behindTs }: Clock,
  event: OracleEvent,
  taken: readonly OracleEvent[],
): { event: OracleEvent; clock: Clock } {
  const ts = event.ts + correctionMs
  const start = taken[0]!
  const highest = Math.max(...taken.map((other) => other.ts))
  const sinceMs = event.atMs - taken.at(-1)!.atMs
  const isBehind = ts < start.ts || ts < highest - idleMs
  const isSecond = behindTs !== undefined && behindTs !== event.ts
  const isOfTheLast =
    taken.length === 1 && ts < start.ts && ['sessionComplete', 'sessionEnd'].includes(event.type)
  // Nobody plays on for a time-out behind an end, so an end is not late by that much.
  const isEndOfThis = ts >= start.ts && event.type === 'sessionEnd'
  if (!isBehind || isOfTheLast || !(sinceMs > windowMs || isSecond || isEndOfThis)) {
    return { event: { ...event, ts }, clock: { correctionMs, behindTs: isBehind ? event.ts : undefined } }
  }
  // As it is read now, it is behind no more.
  const readAs = highest + sinceMs
  return { event: { ...event, ts: readAs }, clock: { correctionMs: readAs - event.ts, behindTs: undefined } }
}
