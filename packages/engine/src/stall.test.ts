import { expect, test } from 'vitest'
import { type Row, run } from '@playhead/testing/sessions/script.ts'

const stall = (...rows: readonly Row[]) => {
  const { stallEvents, totalStallDuration, contentTimeSpent } = run(...rows).closed.metrics
  return { stallEvents, stallS: totalStallDuration / 1000, contentS: contentTimeSpent / 1000 }
}

test('the third sample with the same playhead makes the stall, from the first one on', () => {
  expect(stall([0, 0, 'play'], [10, 10, 'ping'], [20, 10, 'ping'], [30, 10, 'ping'])).toEqual({
    stallEvents: 1,
    stallS: 20,
    contentS: 10,
  })
})

test('events of one moment are one sample', () => {
  expect(
    stall(
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [10.3, 10, 'error'],
      [10.9, 10, 'bitrateChange'],
      [20, 20, 'sessionEnd'],
    ),
  ).toEqual({ stallEvents: 0, stallS: 0, contentS: 20 })
})

test('events a second apart are samples of their own', () => {
  expect(
    stall([0, 0, 'play'], [10, 10, 'ping'], [11, 10, 'ping'], [12, 10, 'ping'], [13, 11, 'sessionEnd']),
  ).toEqual({
    stallEvents: 1,
    stallS: 2,
    contentS: 11,
  })
})

test('a content that does not move from its first play on is a stall from there on', () => {
  expect(stall([0, 0, 'play'], [10, 0, 'ping'], [20, 0, 'ping'], [30, 10, 'sessionEnd'])).toEqual({
    stallEvents: 1,
    stallS: 20,
    contentS: 10,
  })
})

test.each(['pauseStart', 'bufferStart', 'adBreakStart', 'sessionComplete'] as const)(
  '%s ends a stall',
  (type) => {
    expect(
      stall(
        [0, 0, 'play'],
        [10, 10, 'ping'],
        [20, 10, 'ping'],
        [30, 10, 'ping'],
        [34, 10, type],
        [40, 10, 'sessionEnd'],
      ),
    ).toMatchObject({ stallEvents: 1, stallS: 24 })
  },
)

test('a pause before the third sample leaves the time content', () => {
  expect(stall([0, 0, 'play'], [10, 10, 'ping'], [20, 10, 'ping'], [30, 10, 'pauseStart'])).toEqual({
    stallEvents: 0,
    stallS: 0,
    contentS: 30,
  })
})

test('two runs are two stalls', () => {
  expect(
    stall(
      [0, 0, 'play'],
      ...([10, 20, 30] as const).map((at) => [at, 10, 'ping'] as const),
      ...([40, 50, 60] as const).map((at) => [at, 20, 'ping'] as const),
    ),
  ).toEqual({ stallEvents: 2, stallS: 40, contentS: 20 })
})

test('an ad break is no stall, not even without an ad in it', () => {
  expect(
    stall(
      [0, 0, 'play'],
      [10, 10, 'adBreakStart'],
      [20, 10, 'ping'],
      [30, 10, 'ping'],
      [40, 10, 'adBreakComplete'],
      [50, 20, 'sessionEnd'],
    ),
  ).toEqual({ stallEvents: 0, stallS: 0, contentS: 50 })
})

test('an ad outside of a break is none while it lasts; after it, content is watched for stalls again', () => {
  const ad = [
    [0, 0, 'play'],
    [10, 10, 'adStart'],
    [20, 10, 'ping'],
    [30, 10, 'ping'],
    [40, 10, 'adComplete'],
  ] as const
  expect(stall(...ad)).toEqual({ stallEvents: 0, stallS: 0, contentS: 40 })
  expect(stall(...ad, [50, 10, 'ping'], [60, 10, 'ping'])).toEqual({
    stallEvents: 1,
    stallS: 20,
    contentS: 40,
  })
})

test('a chapter that is open, or waits for the verdict, when the session closes is reported before it', () => {
  const rows = [
    [0, 0, 'play'],
    [0, 0, 'chapterStart'],
    [10, 10, 'ping'],
  ] as const
  const reports = ['sessionStarted', 'chapterClosed 1', 'sessionClosed']
  for (const more of [
    [[20, 10, 'ping']],
    [[20, 10, 'chapterComplete']],
    [
      [20, 10, 'chapterComplete'],
      [22, 10, 'sessionEnd'],
    ],
  ] as const) {
    const session = run(...rows, ...more)
    expect(session.reports).toEqual(reports)
    expect(session.facts[1]).toMatchObject({ chapter: { timePlayedMs: 20_000 } })
  }
})

test('a chapter that closes before the verdict waits for it', () => {
  const { reports, facts } = run(
    [0, 0, 'play'],
    [0, 0, 'chapterStart'],
    [10, 10, 'ping'],
    [20, 10, 'chapterComplete'],
    [30, 10, 'ping'],
    [40, 20, 'sessionEnd'],
  )
  expect(reports).toEqual(['sessionStarted', 'chapterClosed 1', 'sessionClosed'])
  expect(facts[1]).toMatchObject({ chapter: { timePlayedMs: 10_000, isCompleted: true } })
})

test('the same chapter keeps its time where the playhead goes on', () => {
  const { facts } = run(
    [0, 0, 'play'],
    [0, 0, 'chapterStart'],
    [10, 10, 'ping'],
    [20, 10, 'chapterComplete'],
    [30, 20, 'ping'],
    [40, 30, 'sessionEnd'],
  )
  expect(facts[1]).toMatchObject({ chapter: { timePlayedMs: 20_000, isCompleted: true } })
})
