import * as fc from 'fast-check'
import type { Content } from './Device.ts'

/** One of these values. */
export function anyOf<const Value>(...values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values)
}

/** One of these kinds, each as often as its weight says; a failure shrinks towards the first. */
export function mixOf<Value>(
  ...kinds: readonly (readonly [number, fc.Arbitrary<Value>])[]
): fc.Arbitrary<Value> {
  return fc.oneof({ withCrossShrink: true }, ...kinds.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}

/** A whole number from 0. */
export const upTo = fc.nat

/** What a session's start says of the content; live, the viewer often comes in shortly before midnight. */
export const content = mixOf(
  [
    6,
    contentOf(
      anyOf('vod', 'podcast'),
      mixOf<number>([6, anyOf(0)], [2, anyOf(12.345)], [2, upTo(86_399)], [1, anyOf(-20, -0.5)]),
    ),
  ],
  [4, contentOf(anyOf('Live', 'LIVE', 'live', 'linear'), anyOf<number>(86_395, 86_370, 86_100, 40_000, 0))],
  [
    1,
    contentOf(
      anyOf('live', 'linear', 'vod'),
      upTo(40_000),
      anyOf<'seconds' | 'milliseconds'>('seconds', 'milliseconds'),
    ),
  ],
)

function contentOf(
  contentType: fc.Arbitrary<string>,
  playhead: fc.Arbitrary<number>,
  unix: fc.Arbitrary<Content['unix']> = anyOf(undefined),
): fc.Arbitrary<Content> {
  return fc.record({
    contentType,
    length: mixOf<number>([1, anyOf(60, 100, 600, 60.3333333333333, 0, -1, 86_400)], [1, upTo(7200)]),
    playhead,
    zeros: mixOf([5, anyOf(0)], [1, upTo(4)]),
    unix,
    streamType: anyOf(undefined, undefined, 'video', 'audio', 'Audio'),
    resume: fc.boolean(),
    auth: anyOf(undefined, 'TRUE', 'true', 'false', 'yes'),
  })
}

/** Quality values, mostly none; some are fractions, as real players send them. */
export const qoeData = mixOf<Readonly<Record<string, number>> | undefined>(
  [6, anyOf(undefined, {})],
  [
    1,
    fc.record(
      {
        'media.qoe.bitrate': mixOf<number>(
          [2, anyOf(0, 800, 3200, 29.97)],
          [2, upTo(9999)],
          [1, anyOf(-1, 10_000, 10_001, 100_000, 100_000.5, 1e6)],
        ),
        'media.qoe.droppedFrames': mixOf<number>([4, upTo(50)], [1, anyOf(-1, -3, 1.5, 1e8, 1e8 + 1, 1e300)]),
        'media.qoe.framesPerSecond': anyOf(24, 25, 29.97, 0, -1, 1000, 1000.1),
        'media.qoe.timeToStart': mixOf<number>(
          [2, upTo(5000)],
          [1, anyOf(1234.5, -1, 1.75e12, 60_000, 60_001, 5_400_000)],
          [1, upTo(200_000)],
        ),
      },
      { requiredKeys: [] },
    ),
  ],
)

/** More names than a session keeps, some of them in several spellings. */
export const stateNames = fc.uniqueArray(
  anyOf(
    'mute',
    'Mute',
    'MUTE',
    'fullScreen',
    'fullscreen',
    'a',
    'A',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
    'h',
    'i',
    'j',
  ),
  { maxLength: 12 },
)

const hourMs = 3_600_000

/** By how much a device's clock is set: a little, about as much as a session may be silent, hours, years. */
export const clockStep = mixOf<number>(
  [1, anyOf(1000, -1000, 4000, -4000, 599_999, 660_000, 660_001, -599_999, -600_000, -600_001)],
  [1, anyOf(hourMs, -hourMs, 24 * hourMs, -24 * hourMs, 220_752_000_000, -220_752_000_000)],
  [1, fc.integer({ min: -1_000_000, max: 1_000_000 })],
)
/** What the clock of a device says that has no time yet. */
export const firstTs = anyOf(5_427_383, 0, 946_684_800_000)

/** Events that one instant may hold, in any order. */
export const instantTypes = fc.shuffledSubarray(
  [
    'adComplete',
    'adSkip',
    'adComplete',
    'chapterComplete',
    'chapterSkip',
    'adBreakComplete',
    'adBreakStart',
    'adStart',
    'adStart',
    'chapterStart',
    'adBreakComplete',
    'play',
    'pauseStart',
    'bufferStart',
    'ping',
    'sessionComplete',
  ],
  { maxLength: 9 },
)

/** Whether a session is a list, whether its start says so, and when it comes in. */
export const listArbitraries = {
  isDownloaded: mixOf([5, anyOf(false)], [1, anyOf(true)]),
  isFlagged: mixOf([3, anyOf(true)], [1, anyOf(false)]),
  uploadedAfterMs: anyOf(0, 3_600_000, 864_000_000, -hourMs),
}
