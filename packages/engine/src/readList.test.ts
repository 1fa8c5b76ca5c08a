import { expect, test } from 'vitest'
import { eventOf, type Row, rules, startMs } from '@playhead/testing/sessions/script.ts'
import { replayDownload } from './download.ts'
import type { SessionSummary } from './summary.ts'

const hourS = 3600

/** The close of a list that was uploaded two days after its start. */
function closeOf(...rows: readonly Row[]): SessionSummary {
  return uploaded(48 * hourS, ...rows).session
}

/** The close of a list that was uploaded that long after its start, and the codes of its warnings. */
function uploaded(
  afterS: number,
  ...rows: readonly Row[]
): { session: SessionSummary; codes: readonly string[] } {
  const start = eventOf([0, 0, 'sessionStart'], 1)
  if (start.type !== 'sessionStart') throw new Error('no start')
  const events = rows.map((row, nth) => eventOf(row, nth + 2))
  const { facts, warnings } = replayDownload('sid', [start, events], rules, startMs + afterS * 1000)
  const closed = facts.find((fact) => fact.kind === 'sessionClosed')
  if (closed === undefined) throw new Error('the session was not closed')
  return { session: closed.session, codes: warnings.map(({ code }) => code) }
}

test('what is listed behind the end does not move what lies before it', () => {
  const { close } = closeOf([0, 0, 'play'], [10, 10, 'sessionEnd'], [hourS, 20, 'ping'])
  expect(close?.closedAtMs).toBe(startMs + 10_000)
})

test('what is listed twice says nothing about the clock', () => {
  const twice = { fingerprint: 7 }
  const list: Row[] = [
    [0, 0, 'pauseStart', twice],
    [-601, 0, 'ping'],
    [60, 0, 'ping'],
  ]
  const [first, back, last] = list as [Row, Row, Row]
  expect(closeOf(first, back, first, last).metrics).toEqual(closeOf(first, back, last).metrics)
})

test('events on both sides of a jump are of two instants', () => {
  const { metrics } = closeOf([0, 0, 'sessionComplete'], [hourS, 0, 'pauseStart'])
  expect(metrics.pauseEvents).toBe(0)
})

test('the clock jumped before whatever comes first, in whatever order it is listed', () => {
  const { metrics } = closeOf([0, 0, 'play'], [hourS, 1, 'ping'], [hourS, 1, 'adBreakStart'])
  expect(metrics.uniqueTimePlayed).toBe(1000)
})

test('a list that lies in the future ends with its upload, and says that the clock is off', () => {
  const { session, codes } = uploaded(-100 * 24 * hourS, [1, 0, 'play'], [11, 10, 'sessionEnd'])
  expect(codes).toEqual(['clock_offset'])
  expect(session.state.noticed).toEqual({ clock_offset: 1 })
  expect(session.close?.closedAtMs).toBe(startMs - 100 * 24 * hourS * 1000)
  expect(session.state.life.startedAtMs).toBe(startMs - 100 * 24 * hourS * 1000 - 11_000)
  expect(session.metrics.contentTimeSpent).toBe(10_000)
})

test('a clock may be five minutes ahead', () => {
  const list: readonly Row[] = [
    [1, 0, 'play'],
    [11, 10, 'sessionEnd'],
  ]
  expect(uploaded(11 - 300, ...list).codes).toEqual([])
  expect(uploaded(11 - 300.001, ...list).codes).toEqual(['clock_offset'])
})
