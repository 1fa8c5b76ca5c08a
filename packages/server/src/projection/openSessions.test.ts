import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogRecord } from '../log/record.ts'
import { emptyBatch } from './batch.ts'
import { nextChangeMs, passTime } from '@playhead/engine'
import { createOpenSessions } from './openSessions.ts'

const timeouts = { idleMs: 20_000, stillMs: 60_000, ageMs: 120_000, graceMs: 1000 }
const rules = { timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false }
const deviceMs = 1_700_000_000_000

const types = [
  'play',
  'ping',
  'pauseStart',
  'adBreakStart',
  'adStart',
  'adComplete',
  'chapterStart',
  'sessionComplete',
  'sessionEnd',
]

/** A journal: a few sessions with events of every kind, the time in between, now and then a silence. */
const journal = fc
  .array(
    fc.record({
      session: fc.integer({ min: 0, max: 3 }),
      type: fc.constantFrom('sessionStart', 'clock', ...types),
      stepMs: fc.constantFrom(0, 1, 999, 5000, 30_000),
      playhead: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let nowMs = deviceMs
    return steps.map(({ session, type, stepMs, playhead }, index): LogRecord => {
      nowMs += stepMs
      if (type === 'clock') return { kind: 'clock', seq: index + 1, receivedAtMs: nowMs }
      const params = {
        'media.id': 'content',
        'media.length': 60,
        'media.ad.podIndex': 1,
        'media.chapter.index': 1,
      }
      const body = Buffer.from(
        JSON.stringify({ eventType: type, playerTime: { playhead, ts: nowMs }, params }),
      )
      return { kind: 'event', seq: index + 1, receivedAtMs: nowMs, sid: `session-${session}`, body }
    })
  })

/** The rows of every batch, as the store would get them; the states go through JSON where `cut` says. */
function batchesOf(records: readonly LogRecord[], cut = -1): unknown[] {
  let openSessions = createOpenSessions(rules, [])
  let batch = emptyBatch(1)
  const batches: unknown[] = []
  for (const record of records) {
    openSessions.apply(record, batch)
    if (record.kind !== 'clock') continue
    batches.push({
      firstSeq: batch.firstSeq,
      rows: Object.values(batch.rows).map((rows) => [...rows.values()]),
    })
    batch = emptyBatch(record.seq + 1)
    if (batches.length === cut) {
      const written = JSON.stringify(openSessions.sessions())
      openSessions = createOpenSessions(
        rules,
        JSON.parse(written) as ReturnType<typeof openSessions.sessions>,
      )
    }
  }
  return JSON.parse(JSON.stringify(batches)) as unknown[]
}

test('the same journal makes the same batches, also when it is taken up again at any checkpoint', () => {
  fc.assert(
    fc.property(journal, fc.nat({ max: 20 }), (records, cut) => {
      expect(batchesOf(records, cut)).toEqual(batchesOf(records))
    }),
    { numRuns: 300 },
  )
})

test('every event is archived once, and every session that began closes at most once', () => {
  fc.assert(
    fc.property(journal, (records) => {
      const batch = emptyBatch(1)
      const openSessions = createOpenSessions(rules, [])
      for (const record of records) openSessions.apply(record, batch)
      const events = records.filter(({ kind }) => kind === 'event')
      expect([...batch.rows.events.values()].map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq))
      const open = new Set(openSessions.sessions().map(({ state }) => state.sid))
      for (const [sid, row] of batch.rows.sessions) if (row['status'] === 'open') expect(open).toContain(sid)
    }),
    { numRuns: 300 },
  )
})

test('what the time changes, it changes no earlier than is said', () => {
  fc.assert(
    fc.property(journal, (records) => {
      const openSessions = createOpenSessions(rules, [])
      for (const record of records) {
        openSessions.apply(record, emptyBatch(1))
        for (const state of openSessions.states()) {
          const atMs = nextChangeMs(state, rules)
          expect(passTime(state, atMs - 1, rules)).toEqual({ state, facts: [], warnings: [] })
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a session lives by the clock that it began by: the same but for the dates', () => {
  const offset = fc.constantFrom(-2_592_000_000, 2_592_000_000)
  fc.assert(
    fc.property(journal, offset, (records, clockOffsetMs) => {
      const moved = records.map((record): LogRecord => {
        // Each device's clock is corrected with the server's.
        if (record.kind !== 'event') return record
        const json = JSON.parse(record.body.toString()) as { playerTime: { ts: number } }
        json.playerTime.ts += clockOffsetMs
        return { ...record, clockOffsetMs, body: Buffer.from(JSON.stringify(json)) }
      })
      const asBefore = batchesOf(moved).map((batch) =>
        JSON.stringify(batch)
          .replaceAll(`"clock_offset":${clockOffsetMs}`, '"clock_offset":0')
          .replaceAll(/(?<![\d.-])-?\d{12,13}(?!\d)/g, (ms) => {
            const epochMs = Number(ms)
            return Math.abs(epochMs - deviceMs - clockOffsetMs) < 100_000_000
              ? String(epochMs - clockOffsetMs)
              : ms
          }),
      )
      expect(asBefore).toEqual(batchesOf(records).map((batch) => JSON.stringify(batch)))
    }),
    { numRuns: 300 },
  )
})

test('a clock record that concerns many sessions is applied in steps, and comes to the same', () => {
  const records = Array.from({ length: 1000 }, (_, index): LogRecord => {
    const event = { eventType: 'sessionStart', playerTime: { playhead: 0, ts: deviceMs } }
    const body = Buffer.from(JSON.stringify(event))
    return { kind: 'event', seq: index + 1, receivedAtMs: deviceMs, sid: `session-${index}`, body }
  })
  const clock: LogRecord = { kind: 'clock', seq: 1001, receivedAtMs: deviceMs + 60_000 }
  const [whole, stepwise] = [emptyBatch(1), emptyBatch(1)]
  const [one, other] = [createOpenSessions(rules, []), createOpenSessions(rules, [])]
  for (const record of records) {
    one.apply(record, whole)
    other.apply(record, stepwise)
  }
  one.apply(clock, whole)
  const steps = other.applyInSteps(clock, stepwise)
  let pauses = 0
  while (steps.next().done !== true) pauses += 1
  expect(pauses).toBeGreaterThanOrEqual(4)
  expect(stepwise).toEqual(whole)
  expect(other.sessions()).toEqual([])
})

test('a session whose time is out is closed by the clock, with the time-out as its last distance', () => {
  const at = (seq: number, atS: number, eventType?: string): LogRecord => {
    const receivedAtMs = deviceMs + atS * 1000
    if (eventType === undefined) return { kind: 'clock', seq, receivedAtMs }
    const body = JSON.stringify({ eventType, playerTime: { playhead: atS, ts: receivedAtMs } })
    return { kind: 'event', seq, receivedAtMs, sid: 'one', body: Buffer.from(body) }
  }
  const batch = emptyBatch(1)
  const openSessions = createOpenSessions(rules, [])
  for (const record of [at(1, 0, 'sessionStart'), at(2, 5, 'play'), at(3, 8, 'ping'), at(4, 28)])
    openSessions.apply(record, batch)
  expect(batch.rows.sessions.get('one')).toMatchObject({ status: 'open' })
  openSessions.apply(at(5, 29), batch)
  expect(batch.rows.sessions.get('one')).toMatchObject({
    status: 'closed',
    close_cause: 'idle',
    closed_at: deviceMs + 28_000,
    since_last_call_ms: 20_000,
    content_time_spent_ms: 3000,
    version: 5,
  })
  expect(openSessions.sessions()).toEqual([])
})

test('a session closes at the time of its end, however late that arrives', () => {
  const sent = (seq: number, atS: number, receivedAtS: number, eventType: string): LogRecord => {
    const body = JSON.stringify({ eventType, playerTime: { playhead: atS, ts: deviceMs + atS * 1000 } })
    const receivedAtMs = deviceMs + receivedAtS * 1000
    return { kind: 'event', seq, receivedAtMs, sid: 'one', body: Buffer.from(body) }
  }
  const batch = emptyBatch(1)
  const long = { idleMs: 600_000, stillMs: 600_000, ageMs: 600_000, graceMs: 0 }
  const openSessions = createOpenSessions({ ...rules, timeouts: long }, [])
  const records = [
    sent(1, 0, 1, 'sessionStart'),
    sent(2, 0, 1, 'play'),
    sent(3, 60, 500, 'sessionEnd'),
    { kind: 'clock', seq: 4, receivedAtMs: deviceMs + 600_000 } as const,
  ]
  for (const record of records) openSessions.apply(record, batch)
  expect(batch.rows.sessions.get('one')).toMatchObject({
    close_cause: 'sessionEnd',
    last_event_at: deviceMs + 61_000,
    closed_at: deviceMs + 61_000,
    since_last_call_ms: 0,
  })
})
