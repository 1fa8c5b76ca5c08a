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
    3,
    contentOf(anyOf('vod', 'podcast'), mixOf<number>([3, anyOf(0)], [1, anyOf(12.345)], [1, upTo(86_399)])),
  ],
  [2, contentOf(anyOf('Live', 'live', 'linear'), anyOf<number>(86_395, 86_370, 86_100, 40_000, 0))],
)

function contentOf(contentType: fc.Arbitrary<string>, playhead: fc.Arbitrary<number>): fc.Arbitrary<Content> {
  return fc.record({
    contentType,
    length: mixOf<number>([1, anyOf(60, 100, 600, 60.3333333333333, 0, -1, 86_400)], [1, upTo(7200)]),
    playhead,
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
        'media.qoe.bitrate': mixOf<number>([1, anyOf(0, 800, 3200, 1e6, 29.97)], [1, upTo(9999)]),
        'media.qoe.droppedFrames': upTo(50),
        'media.qoe.framesPerSecond': anyOf(24, 25, 29.97),
        'media.qoe.timeToStart': mixOf<number>([1, upTo(5000)], [1, anyOf(1234.5)]),
      },
      { requiredKeys: [] },
    ),
  ],
)

/** More names than a session keeps, two of them in two spellings. */
export const stateNames = fc.uniqueArray(
  anyOf('mute', 'Mute', 'fullScreen', 'fullscreen', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'),
  { maxLength: 12 },
)
