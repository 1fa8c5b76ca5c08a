import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectEmbedded } from '../dist/clickhouse/connectEmbedded.js'
import { openStore } from '../dist/clickhouse/openStore.js'
import { readConfig } from '../src/config.ts'
import { holdRetention, type Retention } from '../src/clickhouse/retain.ts'
import type { Store } from '../src/clickhouse/store.ts'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const forever: Retention = { eventsDays: 0, sessionsDays: 0, diagnosticsDays: 0, refusalsDays: 0 }
const dayMs = 86_400_000

let folder: Awaited<ReturnType<typeof temporaryDataDir>>

async function withStore<Result>(
  retention: Retention,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = openStore({ dataDir: folder.path, retention })
  try {
    await store.whenReady()
    return await work(store)
  } finally {
    await store.close()
  }
}

function event(sid: string, ageDays: number): object {
  const atMs = Date.now() - ageDays * dayMs
  return { sid, seq: 1, received_at: atMs, ts: atMs, event_type: 'play', playhead: 0, body: '{}' }
}

function session(sid: string, ageDays: number): object {
  const atMs = Date.now() - ageDays * dayMs
  return { sid, version: 1, rules_version: 1, status: 'closed', started_at: atMs, last_event_at: atMs }
}

async function sidsIn(store: Store, table: string): Promise<string[]> {
  const rows = await store.query<{ sid: string }>(`SELECT sid FROM ${table} ORDER BY sid`)
  return rows.map(({ sid }) => sid)
}

beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

test('rows that are older than their table keeps them go, and no others', async () => {
  await withStore(forever, async (store) => {
    await store.insert('events', [event('old', 100), event('young', 20)], 'test')
    await store.insert('sessions', [session('old', 100), session('young', 20)], 'test')
    expect(await sidsIn(store, 'events')).toEqual(['old', 'young'])
  })
  await withStore({ ...forever, eventsDays: 30 }, async (store) => {
    await until('the old event to be gone', async () => (await sidsIn(store, 'events')).length === 1)
    expect(await sidsIn(store, 'events')).toEqual(['young'])
    expect(await sidsIn(store, 'sessions')).toEqual(['old', 'young'])
  })
  await withStore({ ...forever, sessionsDays: 30 }, async (store) => {
    await until('the old session to be gone', async () => (await sidsIn(store, 'sessions')).length === 1)
    // The archive is kept for ever again: what comes in old, stays.
    await store.insert('events', [event('old', 100)], 'test')
    expect(await sidsIn(store, 'events')).toEqual(['old', 'young'])
    const [events] = await store.query<{ engine_full: string }>(
      "SELECT engine_full FROM system.tables WHERE database = 'playhead' AND name = 'events'",
    )
    expect(events?.engine_full).not.toContain('TTL')
  })
})

test('while retention is held, merges keep what is too old; afterwards they do not', async () => {
  await withStore({ ...forever, diagnosticsDays: 30 }, async () => {})
  const engine = await connectEmbedded(
    join(folder.path, 'clickhouse'),
    () => {},
    new AbortController().signal,
  )
  const { client } = engine
  const diagnostic = (seq: number) => ({
    sid: 'old',
    seq,
    received_at: Date.now() - 100 * dayMs,
    event_type: 'play',
    code: 'clock_offset',
    pointer: '',
    message: '',
  })
  const countAfterMerge = async (): Promise<number> => {
    await client.command({ query: 'OPTIMIZE TABLE diagnostics FINAL' })
    const result = await client.query({ query: 'SELECT sid FROM diagnostics', format: 'JSONEachRow' })
    return (await result.json()).length
  }
  await holdRetention(client, true)
  for (const seq of [1, 2])
    await client.insert({ table: 'diagnostics', values: [diagnostic(seq)], format: 'JSONEachRow' })
  expect(await countAfterMerge()).toBe(2)
  await holdRetention(client, false)
  expect(await countAfterMerge()).toBe(0)
  await engine.close()
})

test('the report of a session whose events are gone has its numbers, and says so', async () => {
  let server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '1000' })
  const ts = Date.now() - 60_000
  const bodies = [startBody(ts), eventBody('play', ts, 0), eventBody('sessionEnd', ts + 20_000, 20)]
  const sid = await play(server.url, bodies)
  const whole = await reportOf(server.url, sid, isClosed, '?events=1&explain=1')
  expect(whole).not.toHaveProperty('areEventsGone')
  await server.stop()

  const engine = await connectEmbedded(
    join(folder.path, 'clickhouse'),
    () => {},
    new AbortController().signal,
  )
  await engine.client.command({ query: 'ALTER TABLE events DELETE WHERE 1 SETTINGS mutations_sync = 2' })
  await engine.close()

  server = await startServer(folder.path, { PLAYHEAD_RETENTION_EVENTS_DAYS: '8' })
  const report = await reportOf(server.url, sid, isClosed, '?events=1&explain=1')
  await server.stop()
  expect(report.contextData).toEqual(whole.contextData)
  expect(report).toMatchObject({ areEventsGone: true, events: [] })
  expect(report).not.toHaveProperty('explanation')
})

test.each(['7', '-1', 'a week', '40000'])('%s days are no retention', (days) => {
  expect(() => readConfig({ PLAYHEAD_RETENTION_EVENTS_DAYS: days })).toThrow(
    'PLAYHEAD_RETENTION_EVENTS_DAYS takes 0, or a whole number of days from 8 to 36500',
  )
})
