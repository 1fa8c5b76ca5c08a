import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allTimelines,
  arrivalsOf,
  asWritten,
  type Timeline,
} from '@playhead/testing/timelines/readTimeline.ts'
import { compare, resultsOf } from '@playhead/testing/oracle/compare.ts'
import { describeSession } from '@playhead/testing/oracle/describeSession.ts'
import { anySession } from '@playhead/testing/oracle/generate.ts'
import { hostile } from '@playhead/testing/oracle/hostile.ts'
import { consult } from '@playhead/testing/oracle/oracle.ts'
import { putInOrder, takeList } from '@playhead/testing/oracle/putInOrder.ts'
import { realistic } from '@playhead/testing/oracle/realistic.ts'
import { type Session, startTs } from '@playhead/testing/oracle/session.ts'

/** Sessions to compare; `npm run check` asks for 5,000 and `npm run test:oracle` for 100,000. */
const sessionsMax = Number(process.env['ORACLE_SESSIONS'] ?? 500)
const chunkSessions = 250
/** The oracle takes a few milliseconds for a session, hundreds for one of a whole day. */
const timeoutMs = 300_000 + 30 * sessionsMax

describe('the oracle knows what was worked out by hand', () => {
  test.each(allTimelines().map((timeline) => [timeline.title, timeline] as const))('%s', (_, timeline) => {
    const { result, resultOfWatched, ads, chapters, states } = timeline
    const expected = (metrics: Timeline['result']): object => ({
      metrics: Object.fromEntries(metrics.map(({ metric, text }) => [metric.id, text])),
      ads: ads.map(withoutName),
      chapters: chapters.map(withoutName),
      states,
    })
    expect(oracleOf(timeline)).toEqual(expected(result))
    if (resultOfWatched) expect(oracleOf(timeline, true)).toEqual(expected(resultOfWatched))
  })
})

describe('the engine says what the oracle says', () => {
  test('of sessions as players report them', () => {
    agree(realistic, { numRuns: 300, seed: 3 })
  })

  test('of sessions as no player should report them', () => {
    agree(hostile, { numRuns: 300, seed: 3 })
  })

  test(`of ${sessionsMax} sessions of all kinds`, { timeout: timeoutMs }, async () => {
    for (let from = 0; from < sessionsMax; from += chunkSessions) {
      agree(anySession, { numRuns: Math.min(chunkSessions, sessionsMax - from), seed: 1000 + from })
      // The test runner has to be heard from time to time.
      await setImmediate()
    }
  })
})

describe('what is delivered again changes nothing', () => {
  /** Any later, and with more in between, a repeat is taken for the same thing happening again. */
  const isSoon = ({ sent }: Session): boolean => sent.length <= repeatsKnown

  test.each([
    ['players report them', realistic],
    ['no player should report them', hostile],
  ])('of sessions as %s', (_, sessions) => {
    const property = fc.property(sessions.filter(isSoon), (session) => {
      expect(resultsOf(session)).toEqual(resultsOf(withoutAgain(session)))
    })
    fc.assert(property, { numRuns: 1000, seed: 7 })
  })
})

/** Deliveries by which the engine knows a repeated one. */
const repeatsKnown = 32

function withoutAgain(session: Session): Session {
  return {
    ...session,
    sent: session.sent.map(({ body, sentAtMs, delayMs }) => ({ body, sentAtMs, delayMs })),
  }
}

function withoutName({ startedS, closedS, timeSpentS, isCompleted }: Timeline['ads'][number]): object {
  return { startedS, closedS, timeSpentS, isCompleted }
}

function agree(sessions: fc.Arbitrary<Session>, parameters: fc.Parameters<[Session]>): void {
  const property = fc.property(sessions, (session) => compare(session).differences.length === 0)
  fc.assert(property, {
    ...parameters,
    reporter: ({ failed, counterexample, seed, counterexamplePath }) => {
      if (!failed) return
      const [session] = counterexample ?? []
      const path = `seed ${seed}, path ${counterexamplePath}`
      throw new Error(
        session ? `they differ (${path}):\n\n${describeSession(session)}` : `no verdict (${path})`,
      )
    },
  })
}

/** What the oracle makes of a timeline's events, each arriving when it happens, in the words of its page. */
function oracleOf(timeline: Timeline, areSeekedMarkersSkipped = false): object {
  const arrivals = arrivalsOf(timeline, startTs)
  const ordered =
    timeline.closedBy === 'end of list' ? takeList(arrivals, startTs + 864_000_000_000) : putInOrder(arrivals)
  const oracle = consult(ordered, { areSeekedMarkersSkipped })
  const inSeconds = (ms: number): number => Math.round(ms / 1000)
  const partsOf = (parts: typeof oracle.ads): object[] =>
    parts.map(({ startedTsMs, closedTsMs, timePlayedMs, isCompleted }) => ({
      startedS: inSeconds(startedTsMs - startTs),
      closedS: inSeconds(closedTsMs - startTs),
      timeSpentS: inSeconds(timePlayedMs),
      isCompleted,
    }))
  const metrics = timeline.result.map((expected) => {
    const { id, kind } = expected.metric
    const value = oracle.metrics[id]
    const shown = kind === 'duration' && typeof value === 'number' ? inSeconds(value) : value
    return [id, asWritten(expected, shown as Parameters<typeof asWritten>[1])] as const
  })
  return {
    metrics: Object.fromEntries(metrics),
    ads: partsOf(oracle.ads),
    chapters: partsOf(oracle.chapters),
    states: oracle.states.map(({ name, count, timeMs }) => ({ name, count, timeS: inSeconds(timeMs) })),
  }
}
