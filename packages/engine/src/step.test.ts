import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventOf, type Row, rules, run, startMs, timeouts } from '@playhead/testing/sessions/script.ts'
import { expire } from './close.ts'
import type { Fact } from './fact.ts'
import { expiryOf } from './life.ts'
import { WarningCode } from './warning.ts'
import type { SessionState } from './state.ts'
import { open, step } from './step.ts'
import { summarise } from './summary.ts'

describe('a repeated delivery', () => {
  const pause = { fingerprint: 77 }

  test('counts once, and is noted', () => {
    const { closed, warnings } = run(
      [0, 0, 'play'],
      [10, 10, 'error', pause],
      [10, 10, 'error', pause],
      [20, 20, 'sessionEnd'],
    )
    expect(closed.metrics).toMatchObject({ errorEvents: 1, contentTimeSpent: 20_000 })
    expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.duplicateEvent }])
  })

  test('is one even if others came between', () => {
    const { closed } = run(
      [5, 5, 'error', pause],
      [10, 10, 'ping'],
      [5, 5, 'error', pause],
      [20, 20, 'sessionEnd'],
    )
    expect(closed.metrics.errorEvents).toBe(1)
  })

  test('changes nothing, whatever happened at that moment in between', () => {
    const complete = { fingerprint: 99 }
    const { closed } = run(
      [0, 0, 'adBreakStart'],
      [0, 0, 'adStart'],
      [15, 0, 'adComplete', complete],
      [15, 0, 'adStart'],
      [15, 0, 'adComplete', complete],
      [30, 0, 'adComplete'],
      [30, 0, 'sessionEnd'],
    )
    expect(closed.metrics).toMatchObject({ adCount: 2, mediaTimeSpent: 30_000 })
  })

  test('is none if its ts differs: the same happened again', () => {
    const { closed, warnings } = run([5, 0, 'error', pause], [6, 0, 'error', pause], [20, 0, 'sessionEnd'])
    expect(closed.metrics.errorEvents).toBe(2)
    expect(warnings).toEqual([])
  })

  test('does not keep the session alive', () => {
    const again = { fingerprint: 3, receivedAtMs: startMs + 400_000 }
    const { closed } = run([0, 0, 'play'], [10, 10, 'ping', { fingerprint: 3 }], [10, 10, 'ping', again])
    expect(closed.close).toMatchObject({ cause: 'idle', closedAtMs: startMs + 610_000 })
  })

  test('takes no place among those that wait', () => {
    const rows = (errors: number): Row[] => [
      [0, 0, 'play'],
      ...Array.from({ length: errors }, (): Row => [2, 2, 'error', { fingerprint: 5 }]),
      [1, 1, 'pauseStart', { receivedAtMs: startMs + 4900 }],
      [20, 1, 'sessionEnd'],
    ]
    expect(run(...rows(12)).closed.metrics).toEqual(run(...rows(1)).closed.metrics)
  })
})

describe('an event older than the start', () => {
  test('changes nothing, not even how long the session lives', () => {
    const late = { receivedAtMs: startMs + 10_000 }
    const { closed, warnings } = run([0, 0, 'play'], [10, 10, 'ping'], [-1, 50, 'sessionComplete', late])
    expect(closed.metrics).toMatchObject({
      contentCompletes: false,
      contentTimeSpent: 10_000,
      progress50: false,
    })
    expect(closed.close?.closedAtMs).toBe(startMs + 610_000)
    expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.eventBeforeStart }])
  })

  test('at the very moment of the start it belongs to the session', () => {
    expect(run([0, 0, 'play'], [10, 10, 'ping']).warnings).toEqual([])
  })
})

test('an event that comes too late to be put into order books nothing, and no time twice', () => {
  const { closed, warnings } = run([0, 0, 'play'], [10, 10, 'ping'], [7, 11, 'ping'], [17, 21, 'sessionEnd'])
  expect(closed.metrics.contentTimeSpent).toBe(17_000)
  expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.clockBackwards }])
})

test('several events that come too late together book nothing, and no time twice', () => {
  const late = (ts: number, at: number): Row => [ts, ts, 'ping', { receivedAtMs: startMs + at * 1000 }]
  const { closed } = run([0, 0, 'play'], [100, 100, 'ping'], late(50, 110), late(60, 111), late(70, 112), [
    120,
    120,
    'sessionEnd',
  ])
  expect(closed.metrics.contentTimeSpent).toBe(120_000)
})

test('a clock that is set back goes on from there', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [110, 10, 'ping'],
    [20, 20, 'ping'],
    [30, 30, 'ping'],
    [40, 40, 'sessionEnd'],
  )
  expect(closed.metrics.contentTimeSpent).toBe(130_000)
})

test('a second sessionStart in a session changes nothing', () => {
  const { reports, closed } = run([0, 0, 'play'], [10, 10, 'sessionStart'], [20, 20, 'sessionEnd'])
  expect(reports).toEqual(['sessionStarted', 'sessionClosed'])
  expect(closed.metrics.contentTimeSpent).toBe(20_000)
})

describe('ads and breaks that are not closed are closed by what comes next', () => {
  test.each([
    ['the next ad', 'adStart', ['adStarted 1', 'adClosed 1', 'adStarted 2', 'adClosed 2']],
    ['the next break', 'adBreakStart', ['adStarted 1', 'adClosed 1']],
    ['the end of the break', 'adBreakComplete', ['adStarted 1', 'adClosed 1']],
    ['the end of the session', 'sessionEnd', ['adStarted 1', 'adClosed 1']],
  ] as const)('%s', (_, type, reports) => {
    const { reports: got, facts } = run([0, 0, 'adBreakStart'], [0, 0, 'adStart'], [5, 0, type])
    expect(got).toEqual(['sessionStarted', ...reports, 'sessionClosed'])
    const closed = facts.find((fact) => fact.kind === 'adClosed')
    expect(closed?.ad).toMatchObject({ isCompleted: false, timePlayedMs: 5000 })
  })
})

test('after the content’s end nothing is attributed until a play: it is watched again', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [10, 10, 'sessionComplete'],
    [20, 10, 'pauseStart'],
    [30, 10, 'ping'],
    [40, 0, 'play'],
    [50, 10, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({
    contentTimeSpent: 20_000,
    uniqueTimePlayed: 10_000,
    pauseEvents: 0,
    totalPauseDuration: 0,
  })
})

test('a post-roll after the content’s end is attributed as ad time alone', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [10, 10, 'sessionComplete'],
    [10, 10, 'adBreakStart'],
    [10, 10, 'adStart'],
    [25, 10, 'adComplete'],
    [25, 10, 'adBreakComplete'],
    [40, 10, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({ contentTimeSpent: 10_000, mediaTimeSpent: 25_000 })
})

test('a pause in a post-roll ends with the ad: after the content’s end there is nothing to pause', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [10, 10, 'sessionComplete'],
    [10, 10, 'adBreakStart'],
    [10, 10, 'adStart'],
    [14, 10, 'pauseStart'],
    [20, 10, 'adComplete'],
    [20, 10, 'adBreakComplete'],
    [40, 10, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({ pauseEvents: 1, totalPauseDuration: 6000, mediaTimeSpent: 14_000 })
})

test('a session that begins in the middle reaches no marker before its content starts', () => {
  const { closed } = run(
    [0, 60, 'sessionStart', { start: { isResume: true } }],
    [0, 60, 'adBreakStart'],
    [0, 60, 'adStart'],
    [10, 60, 'adComplete'],
    [10, 60, 'adBreakComplete'],
    [11, 60, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({ contentStarts: false, dropsBeforeStart: true, progress10: false })
})

test('a bitrate is weighed by the play time of ads too', () => {
  const { closed } = run(
    [0, 0, 'sessionStart', { quality: { bitrate: 1000 } }],
    [0, 0, 'adBreakStart'],
    [0, 0, 'adStart'],
    [10, 0, 'adComplete'],
    [10, 0, 'adBreakComplete', { quality: { bitrate: 4000 } }],
    [10, 0, 'play'],
    [20, 10, 'sessionEnd'],
  )
  expect(closed.metrics.averageBitrate).toBe(2500)
})

test('what a player says of the playhead in an ad is not the content’s', () => {
  const { closed } = run(
    [0, 0, 'play'],
    [10, 10, 'adBreakStart'],
    [10, 10, 'adStart'],
    [20, 99, 'ping'],
    [25, 99, 'adComplete'],
    [25, 10, 'adBreakComplete'],
    [35, 20, 'sessionEnd'],
  )
  expect(closed.metrics).toMatchObject({
    progress25: false,
    uniqueTimePlayed: 20_000,
    contentSegment: '[0-5]',
  })
})

const otherTypes: readonly Row[2][] = [
  ...([
    'pauseStart',
    'bufferStart',
    'sessionComplete',
    'adBreakStart',
    'adBreakComplete',
    'adStart',
  ] as const),
  ...(['adComplete', 'adSkip', 'chapterSkip', 'error', 'bitrateChange', 'sessionStart', 'unknown'] as const),
  ...(['stateStart', 'stateEnd', 'statesUpdate'] as const),
]

/** What players do wrong: any event at any time, clocks that stand or run backwards, playheads that jump. */
const hostileRows: fc.Arbitrary<Row[]> = fc
  .array(
    fc.record({
      type: fc.oneof(
        fc.constantFrom<Row[2]>('play', 'ping', 'ping', 'chapterStart', 'chapterComplete'),
        fc.constantFrom(...otherTypes),
      ),
      stepMs: fc.oneof(
        fc.constantFrom(0, 1, 999, 1000, 10_000, -5000),
        fc.integer({ min: -20_000, max: 90_000 }),
      ),
      moveMs: fc.oneof(
        fc.constant('as the clock' as const),
        fc.constantFrom(0, 0, 0, 1000, 86_390_000, -86_390_000),
        fc.integer({ min: -100_000, max: 100_000 }),
      ),
      isRepeated: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
      bitrate: fc.option(fc.constantFrom(0, 800, 1e12), { nil: undefined }),
      state: fc.constantFrom('mute', 'MUTE', 'fullScreen', 's1', 's2'),
    }),
    { maxLength: 60 },
  )
  .map((changes) => {
    let atMs = 0
    let playheadMs = 0
    return changes.map(({ type, stepMs, moveMs, isRepeated, bitrate, state }, nth): Row => {
      if (!isRepeated) {
        atMs += stepMs
        playheadMs = Math.max(0, playheadMs + (moveMs === 'as the clock' ? stepMs : moveMs))
      }
      const fingerprint = isRepeated ? nth - 1 : nth
      const quality = bitrate === undefined ? {} : { bitrate }
      return [atMs / 1000, playheadMs / 1000, type, { fingerprint, quality, states: [state] }]
    })
  })

const hostileSession = fc.record({ rows: hostileRows, isLive: fc.boolean(), isEnded: fc.boolean() })
type HostileSession = typeof hostileSession extends fc.Arbitrary<infer T> ? T : never

/** Apply the rows one by one, then end or expire the session; `watch` sees each step. */
function live(
  { rows, isLive, isEnded }: HostileSession,
  watch: (before: SessionState, after: SessionState) => void = () => {},
): Fact[] {
  const start = eventOf([0, 0, 'sessionStart', { start: { isLive } }], 1)
  if (start.type !== 'sessionStart') throw new Error('no start')
  const opened = open('sid', start, rules)
  const facts = [...opened.facts]
  let { state }: { state: SessionState } = opened
  for (const [nth, row] of rows.entries()) {
    const outcome = step(deepFreeze(state), eventOf(row, nth + 2), timeouts)
    if (outcome.state === undefined) throw new Error('closed without a sessionEnd')
    facts.push(...outcome.facts)
    watch(state, outcome.state)
    state = outcome.state
  }
  const end = eventOf([state.lastTsMs / 1000 - startMs / 1000, 0, 'sessionEnd'], 1000)
  return [
    ...facts,
    ...(isEnded ? step(state, end, timeouts).facts : expire(state, expiryOf(state.life, timeouts))),
  ]
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}

describe('whatever arrives, in whatever order', () => {
  const check = (property: (session: HostileSession) => void) =>
    fc.assert(fc.property(hostileSession, property), { numRuns: 500 })

  test('every millisecond of the steps is attributed once, or was before the start or after the end', () => {
    check((session) => {
      let stepsMs = 0
      let unattributedMs = 0
      let gapMs = 0
      const facts = live(session, (before, after) => {
        const wasTaken = after.eventCount > before.eventCount
        const from = after.lastTsMs >= before.latestTsMs ? before.latestTsMs : before.lastTsMs
        const stepMs = wasTaken ? Math.max(0, after.lastTsMs - from) : 0
        stepsMs += stepMs
        const play = before.ad?.play ?? before.main
        const isInContent = before.ad === undefined && play === 'playing'
        // A gap between ads, or between an ad and the first content: it counts once it is longer than 250 ms, then from its beginning.
        const isGap = isInContent && (before.adBreak !== undefined || !before.isPlayed)
        const waitedMs = gapMs
        if (wasTaken) gapMs = isGap ? gapMs + stepMs : 0
        if (isGap && gapMs > 250 && waitedMs <= 250) unattributedMs -= waitedMs
        if ((isGap && gapMs <= 250) || ['init', 'ended'].includes(play)) unattributedMs += stepMs
        expect(attributedMs(summarise(after).metrics)).toBe(stepsMs - unattributedMs)
      })
      expect(attributedMs(closedOf(facts).metrics)).toBe(stepsMs - unattributedMs)
    })
  })

  test('each ad that started closes once, after it started; each chapter closes once', () => {
    check((session) => {
      const facts = live(session)
      const adsStarted = facts.flatMap((fact) => (fact.kind === 'adStarted' ? fact.ad.ordinal : []))
      const adsClosed = facts.flatMap((fact) => (fact.kind === 'adClosed' ? fact.ad.ordinal : []))
      const chapters = facts.flatMap((fact) => (fact.kind === 'chapterClosed' ? fact.chapter.ordinal : []))
      const { metrics } = closedOf(facts)
      expect(adsStarted).toEqual(upTo(metrics.adCount))
      expect(adsClosed).toEqual(upTo(metrics.adCount))
      expect(chapters.toSorted((one, other) => one - other)).toEqual(upTo(metrics.chapterCount))
      expect(facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('session'))).toEqual([
        'sessionStarted',
        'sessionClosed',
      ])
      expect(facts.at(-1)?.kind).toBe('sessionClosed')
    })
  })

  test('the parts are within the whole', () => {
    check((session) => {
      const facts = live(session)
      const { metrics, state } = closedOf(facts)
      const adTimes = facts.map((fact) => (fact.kind === 'adClosed' ? fact.ad.timePlayedMs : 0))
      const chapterTimes = facts.map((fact) =>
        fact.kind === 'chapterClosed' ? fact.chapter.timePlayedMs : 0,
      )
      expect(sum(adTimes)).toBe(metrics.mediaTimeSpent - metrics.contentTimeSpent)
      expect(sum(chapterTimes)).toBeLessThanOrEqual(metrics.contentTimeSpent)
      // A step may show up to twice as much content as it lasted, and a second.
      expect(metrics.uniqueTimePlayed).toBeLessThanOrEqual(
        2 * metrics.contentTimeSpent + 1000 * state.eventCount,
      )
      if (metrics.contentTimeSpent > 0) expect(metrics.contentStarts).toBe(true)
      expect(metrics.dropsBeforeStart).toBe(!metrics.contentStarts)
    })
  })

  test('numbers are finite and not below 0, flags agree with their counts', () => {
    check((session) => {
      const { metrics } = closedOf(live(session))
      for (const [id, value] of Object.entries(metrics)) {
        if (typeof value !== 'number') continue
        expect(Number.isFinite(value), id).toBe(true)
        expect(value, id).toBeGreaterThanOrEqual(0)
      }
      expect(metrics.pauseImpactedStreams).toBe(metrics.pauseEvents > 0)
      expect(metrics.bufferImpactedStreams).toBe(metrics.bufferEvents > 0)
      expect(metrics.stallImpactedStreams).toBe(metrics.stallEvents > 0)
      expect(metrics.errorImpactedStreams).toBe(metrics.errorEvents > 0)
      const markers = [10, 25, 50, 75, 95].map((marker) => metrics[`progress${marker as 10}`])
      expect(markers.toSorted((one, other) => Number(other) - Number(one))).toEqual(markers)
    })
  })

  test('the same input gives the same output, and a state that was written down goes on like the original', () => {
    check((session) => {
      const facts = live(session)
      expect(live(session)).toEqual(facts)
      live(session, (before, after) => {
        expect(JSON.parse(JSON.stringify(before))).toEqual(withoutUndefined(before))
        expect(after.watched).toEqual(after.watched.toSorted(([one], [other]) => one - other))
      })
    })
  })

  test('it goes on from any checkpoint to the same end', () => {
    fc.assert(
      fc.property(hostileSession, fc.nat(), (session, at) => {
        const facts = live(session)
        let nth = 0
        const cut = session.rows.length === 0 ? 0 : at % session.rows.length
        let checkpoint: SessionState | undefined
        live(session, (before) => {
          if (nth === cut) checkpoint = JSON.parse(JSON.stringify(before)) as SessionState
          nth += 1
        })
        if (checkpoint === undefined) return
        expect(closedOf(goOn(checkpoint, session, cut)).metrics).toEqual(closedOf(facts).metrics)
      }),
    )
  })
})

function goOn(checkpoint: SessionState, { rows, isEnded }: HostileSession, from: number): Fact[] {
  let state = checkpoint
  for (const [nth, row] of rows.entries()) {
    if (nth >= from) state = step(state, eventOf(row, nth + 2), timeouts).state as SessionState
  }
  const end = eventOf([state.lastTsMs / 1000 - startMs / 1000, 0, 'sessionEnd'], 1000)
  return [...(isEnded ? step(state, end, timeouts).facts : expire(state, expiryOf(state.life, timeouts)))]
}

function closedOf(facts: readonly Fact[]) {
  const last = facts.at(-1)
  if (last?.kind !== 'sessionClosed') throw new Error('the session was not closed')
  return last.session
}

function attributedMs(metrics: ReturnType<typeof summarise>['metrics']): number {
  const { mediaTimeSpent, totalPauseDuration, totalBufferDuration, totalStallDuration } = metrics
  return mediaTimeSpent + totalPauseDuration + totalBufferDuration + totalStallDuration
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, nth) => nth + 1)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutUndefined(member)]))
}
