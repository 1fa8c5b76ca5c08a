import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventOf, type Row, rules as withoutWindow, startMs } from '@playhead/testing/sessions/script.ts'
import { replayDownload } from './download.ts'
import type { Fact } from './fact.ts'
import { startReplay } from './replay.ts'

const rules = { ...withoutWindow, reorderWindowMs: 5000 }

/** The reports of a session whose events at 10 s come in some order. */
function reportsOf(before: readonly Row[2][], instant: readonly Row[2][], isList = false): string[] {
  const rows: Row[] = [
    [0, 0, 'play'],
    ...before.map((type): Row => [5, 5, type]),
    ...instant.map((type): Row => [10, 10, type, { receivedAtMs: startMs + 10_000 }]),
    [20, 20, 'ping'],
  ]
  let facts: readonly Fact[]
  if (isList) {
    const start = eventOf([0, 0, 'sessionStart'], 1)
    if (start.type !== 'sessionStart') throw new Error('no start')
    const events = rows.map((row, nth) => eventOf(row, nth + 2))
    facts = replayDownload('sid', [start, events], rules, startMs + 1e6).facts
  } else {
    const replay = startReplay('sid', rules)
    for (const [nth, row] of [[0, 0, 'sessionStart'] as const, ...rows].entries())
      replay.take(eventOf(row, nth + 1))
    facts = replay.end()?.facts ?? []
  }
  return facts.map((fact) => {
    if (fact.kind === 'adClosed') {
      const { timePlayedMs, isCompleted } = fact.ad
      return `ad of ${timePlayedMs / 1000} s${isCompleted ? ', completed' : ''}`
    }
    return fact.kind === 'sessionClosed'
      ? `content ${fact.session.metrics.contentTimeSpent / 1000}`
      : fact.kind
  })
}

const ad = 'ad of 10 s'

test.each<[string, Row[2][], Row[2][], string[]]>([
  [
    'a break begins',
    [],
    ['adBreakStart', 'adStart', 'play'],
    ['sessionStarted', 'adStarted', ad, 'content 10'],
  ],
  [
    'one ad follows another',
    ['adBreakStart', 'adStart'],
    ['adComplete', 'adStart', 'play'],
    ['sessionStarted', 'adStarted', 'ad of 5 s, completed', 'adStarted', ad, 'content 5'],
  ],
  [
    'a break ends',
    ['adBreakStart', 'adStart'],
    ['adComplete', 'adBreakComplete', 'play'],
    ['sessionStarted', 'adStarted', 'ad of 5 s, completed', 'content 15'],
  ],
  [
    'one break follows another',
    ['adBreakStart', 'adStart'],
    ['adSkip', 'adBreakComplete', 'adBreakStart', 'adStart'],
    ['sessionStarted', 'adStarted', 'ad of 5 s', 'adStarted', ad, 'content 5'],
  ],
  [
    'an ad of no time is the last of its break',
    ['adBreakStart'],
    ['adStart', 'adComplete', 'adBreakComplete'],
    ['sessionStarted', 'adStarted', 'ad of 0 s, completed', 'content 20'],
  ],
  [
    'a whole break takes no time',
    [],
    ['adBreakStart', 'adStart', 'adComplete', 'adBreakComplete'],
    ['sessionStarted', 'adStarted', 'ad of 0 s, completed', 'content 20'],
  ],
])('when %s, the order of arrival does not matter', (_what, before, instant, expected) => {
  const property = fc.property(
    fc.shuffledSubarray(instant, { minLength: instant.length }),
    fc.boolean(),
    (shuffled, isList) => {
      expect(reportsOf(before, shuffled, isList)).toEqual(expected)
    },
  )
  fc.assert(property, { numRuns: 60, seed: 58 })
})

test('ads of no time that arrive in order stay in order', () => {
  const twice: Row[2][] = ['adStart', 'adComplete', 'adStart', 'adSkip']
  expect(reportsOf(['adBreakStart'], twice)).toEqual([
    'sessionStarted',
    'adStarted',
    'ad of 0 s, completed',
    'adStarted',
    'ad of 0 s',
    'content 20',
  ])
})
