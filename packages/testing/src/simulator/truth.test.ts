import { expect, test } from 'vitest'
import type { AdShowing, ChapterVisit, History, Span, SpanKind } from './history.ts'
import { liveSession } from './session.ts'
import { truthOf } from './truth.ts'

const chapter: ChapterVisit = {
  chapter: { index: 1, name: 'One', fromMs: 0, toMs: 60_000 },
  isCompleted: true,
}
const ad: AdShowing = {
  advert: {
    id: 'a',
    name: 'A',
    advertiser: 'B',
    campaign: 'C',
    lengthMs: 5_000,
    isSkippable: false,
    weight: 1,
  },
  adBreak: { plan: { index: 0, name: 'pre-roll', positionMs: 0, adsMax: 1 } },
  podPosition: 1,
  isCompleted: true,
}

/** Ad 5 s, content 0-20 s, pause 3 s, back to 10 s in 1 s, content 10-30 s, stall 4 s, content 30-40 s, a leap of 2 s. */
const history: History = {
  ...liveSession('any').history,
  ending: 'complete',
  spans: [
    span('ad', 0, 5_000, 0, 0, { ad }),
    span('content', 5_000, 25_000, 0, 20_000, { chapter }),
    span('pause', 25_000, 28_000, 20_000, 20_000, { chapter }),
    span('seek', 28_000, 29_000, 20_000, 10_000, { chapter }),
    span('content', 29_000, 49_000, 10_000, 30_000, { chapter }),
    span('stall', 49_000, 53_000, 30_000, 30_000, { chapter }),
    span('content', 53_000, 63_000, 30_000, 40_000, { chapter }),
    span('leap', 63_000, 65_000, 40_000, 50_000, {}),
  ],
  marks: [
    { kind: 'states', atMs: 2_000, ended: [], started: ['mute'] },
    { kind: 'states', atMs: 9_000, ended: ['mute'], started: ['fullscreen'] },
    { kind: 'quality', atMs: 50_000, isBitrateChange: true, values: { bitrate: 900, droppedFrames: 4 } },
  ],
}

test('the truth is the sum of what was on the screen', () => {
  expect(truthOf(history)).toMatchObject({
    durationMs: 65_000,
    contentTimeMs: 50_000,
    uniqueTimeMs: 40_000,
    adTimeMs: 5_000,
    pauseTimeMs: 4_000,
    pauses: 1,
    stallsMs: [4_000],
    leaps: 1,
    leapTimeMs: 2_000,
    stretches: 2,
    isCompleted: true,
    ads: [{ name: 'a', timeMs: 5_000, isCompleted: true }],
    chapters: [{ name: '1', timeMs: 50_000, isCompleted: true }],
    states: [
      { name: 'mute', count: 1, timeMs: 7_000 },
      { name: 'fullscreen', count: 1, timeMs: 56_000 },
    ],
    bitrateChanges: 1,
    droppedFrames: 4,
  })
})

test('what had happened by a moment is the truth up to there', () => {
  expect(truthOf(history, 39_000)).toMatchObject({
    durationMs: 39_000,
    contentTimeMs: 30_000,
    uniqueTimeMs: 20_000,
    isCompleted: false,
    chapters: [{ timeMs: 30_000, isCompleted: false }],
    bitrateChanges: 0,
  })
})

function span(
  kind: SpanKind,
  fromMs: number,
  toMs: number,
  fromPositionMs: number,
  toPositionMs: number,
  over: Partial<Pick<Span, 'ad' | 'chapter'>>,
): Span {
  const shown = { ad: undefined, chapter: undefined, ...over }
  return { kind, fromMs, toMs, fromPositionMs, toPositionMs, sampling: 'timer', ...shown }
}
