import { describe, expect, test } from 'vitest'
import { eventOf, type Row, rules, run } from '@playhead/testing/sessions/script.ts'
import { WarningCode } from './warning.ts'
import { startReplay } from './replay.ts'

const live: Row = [0, 0, 'sessionStart', { start: { isLive: true, lengthMs: 86_400_000 } }]
const codesOf = (warnings: ReturnType<typeof run>['warnings']) => warnings.map(({ code }) => code)

describe('in a break, from its first ad on', () => {
  test.each([
    ['the ad’s own', 15],
    ['0', 0],
    ['where the break ends', 460],
  ])('playheads are none of the content: %s', (_whose, last) => {
    const { closed, warnings } = run(
      [0, 400, 'sessionStart', { start: { lengthMs: 1_200_000 } }],
      [0, 400, 'play'],
      [30, 430, 'adBreakStart'],
      [30.01, 0, 'adStart'],
      [40, 10, 'ping'],
      [45, 15, 'adComplete'],
      [45.2, last, 'adBreakComplete'],
      [45.5, 430, 'play'],
      [65.5, 450, 'sessionEnd'],
    )
    expect(closed.metrics).toMatchObject({ contentSegment: '[5-10]', progress25: true, progress50: false })
    expect(closed.metrics.uniqueTimePlayed).toBe(50_000)
    expect(codesOf(warnings)).not.toContain(WarningCode.playheadLeap)
  })

  test('a play without an ad says that content goes on, though nothing ended the break', () => {
    const { closed } = run(
      [0, 0, 'play'],
      [10, 10, 'adBreakStart'],
      [10.1, 0, 'adStart'],
      [20.1, 10, 'adComplete'],
      [21, 10, 'play'],
      [31, 20, 'ping'],
      [41, 30, 'sessionEnd'],
    )
    expect(closed.metrics.uniqueTimePlayed).toBe(30_000)
  })
})

test('a play inside a post-roll does not resume the content', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [60, 60, 'sessionComplete'],
    [61, 60, 'adBreakStart'],
    [61, 0, 'adStart'],
    [61, 0, 'play'],
    [76, 15, 'adComplete'],
    [76, 60, 'play'],
    [77, 60, 'adBreakComplete'],
    [90, 60, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({ contentTimeSpent: 60_000, mediaTimeSpent: 75_000, stallEvents: 0 })
})

describe('live', () => {
  const unixS = 1_700_000_000

  test.each([
    ['seconds', 1],
    ['milliseconds', 1000],
  ])('Unix %s move like any playhead, and have their second of the day', (_unit, factor) => {
    const at = (second: number): number => (unixS + second) * factor
    const { closed, warnings } = run(
      live,
      [0, at(0), 'play'],
      [10, at(10), 'ping'],
      [20, at(20), 'ping'],
      [30, at(30), 'sessionEnd'],
    )
    expect(closed.metrics).toMatchObject({
      contentTimeSpent: 30_000,
      uniqueTimePlayed: 30_000,
      stallEvents: 0,
      contentSegment: '[0-5]',
    })
    const second = (unixS % 86_400) * 1000
    expect(closed.state.watched).toEqual([[second, second + 30_000]])
    expect(codesOf(warnings)).toEqual([WarningCode.playheadInUnixTime])
  })

  test('Unix time over midnight', () => {
    const midnightS = 1_700_006_400
    const { closed } = run(
      live,
      [0, midnightS - 10, 'play'],
      [20, midnightS + 10, 'ping'],
      [30, midnightS + 20, 'sessionEnd'],
    )
    expect(closed.metrics).toMatchObject({ uniqueTimePlayed: 30_000, contentSegment: '[0-5]' })
    expect(closed.state.watched).toEqual([
      [0, 20_000],
      [86_390_000, 86_400_000],
    ])
  })

  test('the first playhead after zeros is the position, and no midnight', () => {
    const { closed, warnings } = run(
      live,
      [0, 0, 'play'],
      [10, 0, 'ping'],
      [20, 82_800, 'ping'],
      [30, 82_810, 'sessionEnd'],
    )
    expect(closed.metrics.contentSegment).toBe('[0-5]')
    expect(closed.metrics.contentTimeSpent).toBe(30_000)
    expect(codesOf(warnings)).toEqual([])
  })

  test('a playhead that is counted from 0 begins there', () => {
    const { closed } = run(live, [0, 0, 'play'], [10, 10, 'ping'], [304, 304, 'sessionEnd'])
    expect(closed.metrics.contentSegment).toBe('[0-10]')
  })
})

test('a playhead below 0 moves, and is nowhere', () => {
  const { closed } = run([0, -5, 'play'], [10, -4, 'ping'], [20, -3, 'ping'], [30, 7, 'sessionEnd'])
  expect(closed.metrics).toMatchObject({ contentTimeSpent: 30_000, uniqueTimePlayed: 7000, stallEvents: 0 })
  expect(closed.state.watched).toEqual([[0, 7000]])
})

test.each([0.25, 0.251])('%d s between an ad and the end of its break', (gapS) => {
  const { closed } = run(
    [0, 0, 'adBreakStart'],
    [0, 0, 'adStart'],
    [0, 0, 'play'],
    [10, 0, 'adComplete'],
    [10 + gapS, 0, 'adBreakComplete'],
    [10 + gapS, 0, 'sessionEnd'],
  )
  const isContent = gapS > 0.25
  expect(closed.metrics.contentStarts).toBe(isContent)
  expect(closed.metrics.contentTimeSpent).toBe(isContent ? 251 : 0)
})

test('an ad that content plays on in has never been ended', () => {
  const pings = Array.from({ length: 6 }, (_, nth): Row => [18 + 10 * nth, 10 * (nth + 1), 'ping'])
  const rows: Row[] = [
    [0, 0, 'sessionStart'],
    [0, 0, 'adBreakStart'],
    [0, 0, 'adStart'],
    [8, 0, 'play'],
    ...pings,
  ]
  const ad = { dimensions: { 'media.ad.id': 'ad', 'media.ad.length': 15 }, metadata: {} }
  const replay = startReplay('sid', rules)
  for (const [nth, row] of rows.entries()) {
    const event = eventOf(row, nth + 1)
    replay.take(event.type === 'adStart' ? { ...event, ad } : event)
  }
  const warnings = replay.end()?.warnings.filter(({ code }) => code === WarningCode.adNeverEnded)
  // Open for its length at 18 s, at 10; beyond 20 at 38 s.
  expect(warnings).toMatchObject([{ seq: 7 }])
})
