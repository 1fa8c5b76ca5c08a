import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileRules, hostileSession, replayOf } from '@playhead/testing/sessions/hostileSession.ts'
import { eventOf, type Row, rules } from '@playhead/testing/sessions/script.ts'
import { type Played, playedMax } from './played.ts'
import { startReplay } from './replay.ts'
import { summarise } from './summary.ts'

function playedIn(...rows: readonly Row[]) {
  const replay = startReplay('sid', rules)
  for (const [index, row] of [[0, 0, 'sessionStart'] as const, ...rows].entries()) {
    replay.take(eventOf(row, index + 1))
  }
  const state = replay.end()?.state
  if (state === undefined) throw new Error('there is no start')
  return { content: state.contentPlayed, ads: state.adPlayed, metrics: summarise(state).metrics }
}

function sumMs(played: Played): number {
  return played.reduce((sum, [fromMs, toMs]) => sum + toMs - fromMs, 0)
}

test('of any session the stretches sum up to the time that is reported', () => {
  fc.assert(
    fc.property(hostileSession, fc.boolean(), (events, isOpen) => {
      const made = replayOf(events, hostileRules, isOpen)
      if (made === undefined) throw new Error('there is no start')
      const { contentTimeSpent, mediaTimeSpent } = summarise(made.state).metrics
      expect(sumMs(made.state.contentPlayed)).toBe(contentTimeSpent)
      expect(sumMs(made.state.adPlayed)).toBe(mediaTimeSpent - contentTimeSpent)
      for (const [fromMs, toMs] of made.state.contentPlayed) expect(toMs).toBeGreaterThan(fromMs)
    }),
    { numRuns: 1000 },
  )
})

test('a pause parts two stretches, pings do not; an ad has its own', () => {
  const { content, ads } = playedIn(
    [1, 0, 'adBreakStart'],
    [1, 0, 'adStart'],
    [6, 0, 'adComplete'],
    [6, 0, 'adBreakComplete'],
    [7, 0, 'play'],
    [17, 10, 'ping'],
    [20, 13, 'pauseStart'],
    [25, 13, 'play'],
    [30, 18, 'sessionEnd'],
  )
  expect(content).toEqual([
    [7_000, 20_000],
    [25_000, 30_000],
  ])
  expect(ads).toEqual([[1_000, 6_000]])
})

test('what turns out to be a stall is taken back, and content goes on where it went on', () => {
  const { content } = playedIn(
    [0, 0, 'play'],
    [10, 10, 'ping'],
    [20, 10, 'ping'],
    [30, 10, 'ping'],
    [40, 14, 'ping'],
    [40, 14, 'sessionEnd'],
  )
  expect(content).toEqual([
    [0, 10_000],
    [36_000, 40_000],
  ])
})

test('beyond the bound no time is lost', () => {
  const rows = Array.from({ length: playedMax + 50 }, (_, nth): Row[] => [
    [nth * 2, nth, 'play'],
    [nth * 2 + 1, nth + 1, 'pauseStart'],
  ]).flat()
  const { content, metrics } = playedIn(...rows)
  expect(content).toHaveLength(playedMax)
  expect(sumMs(content)).toBe(metrics.contentTimeSpent)
})
