import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../dist/config.js'
import { createReports } from '../dist/reports/reports.js'
import { replayedEventsMax } from '../dist/reports/readSession.js'
import {
  createReportDesk,
  explanationsWaitingOfReaderMax,
  type ReportDesk,
  type Sent,
} from '../dist/reports/worker/reportDesk.js'
import { openStore } from '../dist/clickhouse/openStore.js'
import type { Store, StoreReader } from '../dist/clickhouse/store.js'
import { eventBody, startBody } from '@playhead/testing/player.ts'

const { rules } = readConfig({})
const explained = { withEvents: true, withExplanation: true }
const startMs = Date.UTC(2026, 10, 1)
const [long, short, tooLong] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string]
const never = new AbortController().signal

let folder: string
let store: Store
const opened: ReportDesk[] = []

/** A session of online events as the archive has it, and its row while it is open. */
async function insertSession(sid: string, events: number): Promise<void> {
  const time = (nth: number): number => startMs + nth * 1000
  const bodyOf = (nth: number): object => {
    if (nth === 0) return startBody(startMs)
    const type = nth % 7 === 3 ? 'pauseStart' : nth % 7 === 4 || nth === 1 ? 'play' : 'ping'
    return eventBody(type, time(nth), nth % 3000)
  }
  const rows = Array.from({ length: events }, (_, nth) => {
    const body = bodyOf(nth) as { eventType: string }
    const common = { sid, seq: nth + 2, received_at: time(nth) }
    return { ...common, event_type: body.eventType, ts: time(nth), body: JSON.stringify(body) }
  })
  for (let at = 0; at < rows.length; at += 20_000)
    // oxlint-disable-next-line no-await-in-loop -- one insert after the other
    await store.insert('events', rows.slice(at, at + 20_000), `${sid} ${at}`)
  const row = { sid, status: 'open', started_at: startMs, last_event_at: time(events - 1), states: [] }
  await store.insert('sessions', [{ ...row, version: 1, rules_version: 1 }], sid)
}

function open(options: Partial<Parameters<typeof createReportDesk>[0]> = {}): ReportDesk {
  const desk = createReportDesk({ rules, readerFor: () => store, onLost: () => {}, ...options })
  opened.push(desk)
  return desk
}

const ask = (desk: ReportDesk, reader = 'reader', signal = never) =>
  desk.reportsFor({ suites: undefined, reader, signal })

async function bytesOf(sent: Sent): Promise<Buffer> {
  if (sent.kind !== 'json' && sent.kind !== 'table') throw new Error(`it is ${sent.kind}`)
  return Buffer.isBuffer(sent.bytes) ? sent.bytes : buffer(sent.bytes)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-report-worker-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  await insertSession(long, 30_000)
  await insertSession(short, 30)
  await insertSession(tooLong, replayedEventsMax + 1)
})

afterAll(async () => {
  await Promise.all(opened.map((desk) => desk.close()))
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

test('an explanation is the same bytes as without a worker, and the loop turns while it is made', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  const answer = await ask(open()).session(long, explained)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(20)
  const report = await createReports(store, rules).session(long, explained)
  const bytes = await bytesOf(answer)
  expect(answer).toMatchObject({ kind: 'json', length: bytes.length })
  expect(bytes.equals(Buffer.from(JSON.stringify(report)))).toBe(true)
})

test('a table comes as the store writes it, also one of many pieces; who stops reading it leaves the worker free', async () => {
  const reader = {
    isNarrowed: false,
    query: <Row>(sql: string, params?: Readonly<Record<string, unknown>>) => store.query<Row>(sql, params),
    export: () => store.export(`SELECT number, repeat('x', 100) AS x FROM numbers(200000)`, {}, 'csv'),
  }
  const reports = ask(open({ readerFor: () => reader }))
  const query = { from: '2026-11-01', to: '2026-11-02', metrics: ['mediaStarts'], format: 'csv' }
  const stopped = await reports.query(query)
  if (stopped.kind !== 'table') throw new Error('it is no table')
  for await (const piece of stopped.bytes) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  const expected = await buffer(await reader.export())
  expect((await bytesOf(await reports.query(query))).equals(expected)).toBe(true)
})

test('a session with too many events is reported, and says why it is not explained', async () => {
  const reports = ask(open())
  for (const options of [explained, { withEvents: true, withExplanation: false }]) {
    // oxlint-disable-next-line no-await-in-loop -- one explanation at a time
    await expect(reports.session(tooLong, options)).rejects.toMatchObject({
      problem: {
        code: 'report_too_large',
        message: expect.stringContaining('The session has 100,001 events of'),
      },
    })
  }
  const answer = await reports.session(tooLong, { withEvents: false, withExplanation: false })
  expect(JSON.parse(String(await bytesOf(answer)))).toMatchObject({
    session: { id: tooLong, status: 'open' },
  })
})

test('a worker that runs out of memory is replaced, and the report says so', async () => {
  const lost: string[] = []
  const desk = open({ bounds: { heapMaxMebibytes: 32 }, onLost: (reason) => lost.push(reason) })
  await expect(ask(desk).session(long, explained)).rejects.toMatchObject({
    problem: { code: 'report_too_large' },
  })
  expect(lost).toEqual(['it ran out of memory'])
  expect((await ask(desk).session(short, explained)).kind).toBe('json')
})

test('a worker that does not answer for too long is ended, and the next report starts another', async () => {
  const lost: string[] = []
  const desk = open({ bounds: { pingIntervalMs: 1 }, onLost: (reason) => lost.push(reason) })
  await expect(ask(desk).session(long, explained)).rejects.toMatchObject({
    problem: { code: 'report_timeout' },
  })
  expect(lost).toEqual([expect.stringContaining('did not answer')])
  expect((await ask(open()).session(short, explained)).kind).toBe('json')
})

test('a reader has one explanation at a time; too many that wait are refused, others have their turn', async () => {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  // The store answers to the first explanation when it is told to.
  const reader: StoreReader = {
    isNarrowed: false,
    query: (sql, params) => store.query(sql, params),
    export: async (...statement) => {
      await released
      return store.export(...statement)
    },
  }
  const desk = open({ readerFor: () => reader })
  const leaving = new AbortController()
  const outcome = (asked: Promise<Sent>): Promise<string> =>
    asked.then(
      ({ kind }) => kind,
      (error: Error & { problem?: { code: string } }) => error.problem?.code ?? error.message,
    )
  const asked = Array.from({ length: explanationsWaitingOfReaderMax + 2 }, () =>
    outcome(ask(desk, 'reader', leaving.signal).session(long, explained)),
  )
  expect(await Promise.race(asked)).toBe('reports_too_many')
  const other = outcome(ask(desk, 'other').session(long, explained))
  leaving.abort(new Error('gone'))
  const gone = Array.from({ length: explanationsWaitingOfReaderMax }, () => 'gone')
  release()
  expect((await Promise.all(asked)).toSorted()).toEqual([...gone, 'json', 'reports_too_many'])
  expect(await other).toBe('json')
})

test('what the store says against a statement is said of the report', async () => {
  const reader = {
    isNarrowed: false,
    query: <Row>(sql: string, params?: Readonly<Record<string, unknown>>) => store.query<Row>(sql, params),
    export: () => store.export('SELECT * FROM numbers(1000) SETTINGS max_rows_to_read = 1', {}, 'ndjson'),
  }
  const reports = ask(open({ readerFor: () => reader }))
  await expect(reports.sessions({ limit: 5, filters: [] })).rejects.toMatchObject({
    problem: { code: 'report_too_large' },
  })
})
