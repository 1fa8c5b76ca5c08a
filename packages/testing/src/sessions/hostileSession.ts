import * as fc from 'fast-check'
import { type MediaEvent, type Replayed, type SessionRules, startReplay } from '@playhead/engine'
import { eventOf, rules, startMs } from './script.ts'

/** Time-outs short enough for a few events to run into them, and a window that events overtake each other in. */
export const hostileRules: SessionRules = {
  ...rules,
  timeouts: { idleMs: 60_000, stillMs: 120_000, ageMs: 400_000, graceMs: 1000 },
  reorderWindowMs: 5000,
}

/** What the engine makes of a session's events. */
export function replayOf(
  events: readonly MediaEvent[],
  by: SessionRules,
  isOpen = false,
): Replayed | undefined {
  const replay = startReplay('sid', by)
  for (const event of events) replay.take(event)
  return replay.end(isOpen)
}

const types = [
  'play',
  'play',
  'ping',
  'ping',
  'ping',
  'pauseStart',
  'bufferStart',
  'bitrateChange',
  'adBreakStart',
  'adStart',
  'adComplete',
  'adSkip',
  'adBreakComplete',
  'chapterStart',
  'chapterComplete',
  'stateStart',
  'stateEnd',
  'error',
  'sessionComplete',
  'unknown',
] as const

const row = fc.record({
  // An end in one of forty events, so that sessions live to see something.
  type: fc.oneof(
    { weight: 39, arbitrary: fc.constantFrom(...types) },
    { weight: 1, arbitrary: fc.constant('sessionEnd' as const) },
  ),
  afterMs: fc.constantFrom(0, 0, 1, 400, 1000, 2500, 5000, 10_000, 10_001, 61_500),
  agoMs: fc.constantFrom(0, 0, 0, 0, 1, 900, 4999, 5000, 7000, 30_000),
  playhead: fc.oneof(
    { weight: 3, arbitrary: fc.constant('goesOn' as const) },
    { weight: 2, arbitrary: fc.constant('stands' as const) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 130_000 }) },
  ),
  isRepeated: fc.boolean(),
  state: fc.constantFrom('mute', 'Mute', 'fullscreen', 'a', 'b'),
  bitrate: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
})

/**
 * Events of one session in the order of their arrival, its start first: any type after any other, late, repeated, at
 * one instant, after long silences, with playheads that move, stand and leap. A second start is no policy's.
 */
export const hostileSession: fc.Arbitrary<MediaEvent[]> = fc
  .record({ isLive: fc.boolean(), rows: fc.array(row, { maxLength: 60 }) })
  .map(({ isLive, rows }) => {
    let nowMs = startMs
    let playheadMs = 0
    const events = rows.map(({ type, afterMs, agoMs, playhead, isRepeated, state, bitrate }, index) => {
      nowMs += afterMs
      if (playhead === 'goesOn') playheadMs += afterMs
      else if (playhead !== 'stands') playheadMs = playhead
      const tsMs = nowMs - agoMs
      const common = {
        receivedAtMs: nowMs,
        tsMs,
        playheadMs,
        // Now and then the same event twice.
        ...(isRepeated && index % 5 === 0 && { fingerprint: 0 }),
        ...(bitrate !== undefined && { quality: { bitrate, droppedFrames: bitrate } }),
        states: [state],
      }
      return eventOf([0, 0, type, common], index + 2)
    })
    return [eventOf([0, 0, 'sessionStart', { start: { isLive } }], 1), ...events]
  })
