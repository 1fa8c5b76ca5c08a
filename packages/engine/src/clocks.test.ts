import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  eventOf,
  type Row,
  rules as withoutWindow,
  run,
  startMs,
  timeouts,
} from '@playhead/testing/sessions/script.ts'
import { replayDownload } from './download.ts'
import type { Fact } from './fact.ts'
import { WarningCode } from './warning.ts'
import { startReplay } from './replay.ts'
import type { SessionState } from './state.ts'

const rules = { ...withoutWindow, reorderWindowMs: 5000 }
const hourS = 3600

/** A row of an event that arrives at that second; its clock is ahead by so much. */
function at(atS: number, type: Row[2], aheadS = 0, playheadS = atS): Row {
  return [atS + aheadS, playheadS, type, { receivedAtMs: startMs + atS * 1000 }]
}

/** The same rows as a list that is uploaded so long after its start. */
function listOf(rows: readonly Row[], uploadedAtMs: number) {
  const start = eventOf([0, 0, 'sessionStart'], 1)
  if (start.type !== 'sessionStart') throw new Error('no start')
  const events = rows.map((row, nth) => eventOf(row, nth + 2))
  return replayDownload('sid', [start, events], rules, uploadedAtMs)
}

const sumOf = ({ totals }: SessionState): number =>
  totals.contentTimeMs + totals.adTimeMs + totals.pauseTimeMs + totals.bufferTimeMs + totals.stallTimeMs

describe('a clock that is set forwards', () => {
  test('adds what the server saw, and what follows counts as ever', () => {
    const { closed, warnings } = run(
      at(0, 'play'),
      at(10, 'ping'),
      at(20, 'ping', hourS),
      at(30, 'pauseStart', hourS),
      at(40, 'sessionEnd', hourS),
    )
    expect(closed.metrics).toMatchObject({
      contentTimeSpent: 30_000,
      totalPauseDuration: 10_000,
      uniqueTimePlayed: 30_000,
    })
    expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.clockForwards, got: '3600 s' }])
  })

  test('by less than a time-out is believed, and never gives more than a time-out', () => {
    const forth = Array.from({ length: 20 }, (_, nth) => at(10 * nth, 'ping', nth * 500))
    const { closed } = run(at(0, 'play'), ...forth)
    expect(closed.metrics.contentTimeSpent).toBe(190_000 + timeouts.idleMs)
  })
})

describe('a clock that is set back', () => {
  test('behind the start: the session goes on, is paused and ended', () => {
    const { closed, warnings } = run(
      at(0, 'play'),
      at(10, 'ping'),
      at(20, 'ping', -hourS),
      at(30, 'pauseStart', -hourS),
      at(35, 'sessionEnd', -hourS),
    )
    expect(closed.close?.cause).toBe('sessionEnd')
    expect(closed.metrics).toMatchObject({ contentTimeSpent: 30_000, totalPauseDuration: 5000 })
    expect(warnings).toMatchObject([{ seq: 4, code: WarningCode.clockBackwards, got: '3600 s' }])
  })

  test('and forwards again', () => {
    const { closed, warnings } = run(
      at(0, 'play'),
      at(10, 'ping', -hourS),
      at(20, 'ping'),
      at(30, 'sessionEnd'),
    )
    expect(closed.metrics.contentTimeSpent).toBe(30_000)
    expect(warnings.map(({ code }) => code)).toEqual([WarningCode.clockBackwards, WarningCode.clockForwards])
  })

  const asSaid = (...rows: readonly Row[]) => {
    const replay = startReplay('sid', rules)
    for (const [nth, row] of [[0, 0, 'sessionStart'] as const, ...rows].entries())
      replay.take(eventOf(row, nth + 1))
    const { facts = [], warnings = [] } = replay.end() ?? {}
    const closed = facts.find((fact) => fact.kind === 'sessionClosed')?.session
    return { closed, warnings: warnings.filter(({ code }) => code !== WarningCode.equalTs) }
  }

  test('shows at the second event, where they come in quick succession', () => {
    const { closed, warnings } = asSaid(
      at(0, 'play'),
      at(2, 'ping'),
      at(4, 'ping', -hourS),
      at(6, 'ping', -hourS),
      at(8, 'sessionEnd', -hourS),
    )
    expect(closed?.close?.cause).toBe('sessionEnd')
    expect(closed?.metrics.contentTimeSpent).toBe(8000)
    expect(warnings.map(({ code }) => code)).toEqual([
      WarningCode.eventBeforeStart,
      WarningCode.clockBackwards,
    ])
  })

  test('is not what the end of the last playback shows, however often it is sent', () => {
    const carried = [at(0, 'sessionComplete', -60), at(1, 'sessionEnd', -50), at(9, 'sessionEnd', -49)]
    const { closed } = asSaid(...carried, at(10, 'play'), at(20, 'ping'))
    expect(closed?.close?.cause).toBe('idle')
    expect(closed?.metrics).toMatchObject({ contentCompletes: false, contentTimeSpent: 10_000 })
  })
})

describe('in a downloaded list', () => {
  test('a jump forwards takes no time, and what was before it is moved up to it', () => {
    const rows: Row[] = [
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [hourS, 12, 'ping'],
      [hourS + 10, 22, 'sessionEnd'],
    ]
    const { facts, warnings } = listOf(rows, startMs + 1e9)
    const closed = facts.find((fact) => fact.kind === 'sessionClosed')?.session
    expect(closed?.metrics).toMatchObject({ contentTimeSpent: 20_000, uniqueTimePlayed: 22_000 })
    expect(closed?.state.life.startedAtMs).toBe(startMs + (hourS - 10) * 1000)
    expect(closed?.close?.closedAtMs).toBe(startMs + (hourS + 10) * 1000)
    expect(warnings.find(({ code }) => code === WarningCode.clockForwards)).toMatchObject({
      seq: 4,
      got: '3590 s',
    })
  })

  test('a jump back takes no time either, and what was before it is moved down to it', () => {
    const rows: Row[] = [
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [-hourS, 20, 'ping'],
      [-hourS + 10, 30, 'sessionEnd'],
    ]
    const { facts, warnings } = listOf(rows, startMs + 1e9)
    const closed = facts.find((fact) => fact.kind === 'sessionClosed')?.session
    expect(closed?.metrics.contentTimeSpent).toBe(20_000)
    expect(closed?.state.life.startedAtMs).toBe(startMs - (hourS + 10) * 1000)
    expect(warnings.find(({ code }) => code === WarningCode.clockBackwards)).toMatchObject({ got: '3610 s' })
  })

  test('nothing is moved beyond the upload', () => {
    const rows: Row[] = [
      [0, 0, 'play'],
      [1e6, 0, 'ping'],
      [1e6 + 10, 10, 'ping'],
    ]
    const uploadedAtMs = startMs + 60_000
    const { facts } = listOf(rows, uploadedAtMs)
    const closed = facts.find((fact) => fact.kind === 'sessionClosed')?.session
    expect(closed?.close?.closedAtMs).toBe(uploadedAtMs)
    expect(closed?.state.life.startedAtMs).toBe(uploadedAtMs - 10_000)
  })
})

/** Any clock: it stands, runs, is late, and jumps by minutes, hours and years. */
const tick = fc.record({
  type: fc.constantFrom<Row[2]>(
    'play',
    'ping',
    'ping',
    'pauseStart',
    'bufferStart',
    'adBreakStart',
    'adStart',
    'sessionComplete',
  ),
  arrivesAfterMs: fc.oneof(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 700_000 })),
  passedMs: fc.oneof(
    fc.integer({ min: -12_000, max: 12_000 }),
    fc.integer({ min: -700_000, max: 700_000 }),
    fc.integer({ min: -2e11, max: 2e11 }),
  ),
  playheadS: fc.integer({ min: 0, max: 1000 }),
})

test('no clock makes a session longer than it was, or end before it begins (rule J-4)', () => {
  const property = fc.property(fc.array(tick, { maxLength: 60 }), fc.boolean(), (ticks, isList) => {
    let [nowMs, tsMs] = [startMs, startMs]
    const rows = ticks.map(({ type, arrivesAfterMs, passedMs, playheadS }): Row => {
      nowMs += arrivesAfterMs
      tsMs += passedMs
      return [(tsMs - startMs) / 1000, playheadS, type, { receivedAtMs: isList ? tsMs : nowMs }]
    })
    let facts: readonly Fact[] = []
    if (isList) ({ facts } = listOf(rows, nowMs))
    else {
      const replay = startReplay('sid', rules)
      for (const [nth, row] of [[0, 0, 'sessionStart'] as const, ...rows].entries())
        replay.take(eventOf(row, nth + 1))
      facts = replay.end()?.facts ?? []
    }
    const [session] = facts.flatMap((fact) => (fact.kind === 'sessionClosed' ? [fact.session] : []))
    if (session?.close === undefined) throw new Error('it was not closed')
    const { life } = session.state
    const spanMs = life.lastEventAtMs - life.startedAtMs
    expect(sumOf(session.state)).toBeLessThanOrEqual(timeouts.ageMs + timeouts.graceMs)
    if (!isList) expect(sumOf(session.state)).toBeLessThanOrEqual(spanMs + timeouts.idleMs)
    expect(session.metrics.contentTimeSpent).toBeGreaterThanOrEqual(0)
    expect(life.startedAtMs).toBeLessThanOrEqual(life.lastEventAtMs)
    expect(life.lastEventAtMs).toBeLessThanOrEqual(session.close.closedAtMs)
  })
  fc.assert(property, { numRuns: 1000, seed: 57 })
})
