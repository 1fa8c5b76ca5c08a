import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import { downloadOf } from '../../src/ingest/downloadOf.ts'
import { sessionIds } from '../../src/events/sessionId.ts'
import { emptyBatch } from '../../src/projection/batch.ts'
import { insertBatch } from '../../src/projection/insertBatch.ts'
import { openQuarantine } from '../../src/projection/quarantine.ts'
import { createOpenSessions } from '../../src/projection/openSessions.ts'
import { instrumentationHealth } from '../../src/reports/health.ts'
import { readSession } from '../../src/reports/readSession.ts'
import { eventBody, startBody } from '@playhead/testing/player.ts'
import { rules, startMs } from '@playhead/testing/sessions/script.ts'

// The real engine: partitions are its own affair.

let dataDir: string
let store: Store

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-sent-again-'))
  store = openStore({ dataDir, onEvent: () => {} })
  await store.whenReady()
})
afterEach(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('a downloaded list that is sent again in another month is there once, with the warnings on it', async () => {
  const list = [
    startBody(startMs, { 'media.downloaded': true, 'media.unknown': 'x' }),
    eventBody('play', startMs, 0),
    eventBody('ping', startMs + 10_000, 10),
    eventBody('chapterSkip', startMs + 20_000, 20),
  ]
  const sid = sessionIds([{ id: 1, secret: Buffer.alloc(32, 1) }]).createFor(
    downloadOf({ first: list[0], last: list.at(-1), events: list.length, startedAtMs: startMs }),
  )
  const openSessions = createOpenSessions(rules, [])
  const quarantine = await openQuarantine(join(dataDir, 'quarantine'), () => {})
  for (const [seq, receivedAt] of [
    [100, '2025-06-30T23:59:58Z'],
    [200, '2025-07-01T00:00:03Z'],
  ] as const) {
    const receivedAtMs = Date.parse(receivedAt)
    const batch = emptyBatch(seq)
    const body = Buffer.from(JSON.stringify(list))
    openSessions.apply({ kind: 'event', seq, receivedAtMs, sid, body }, batch)
    await insertBatch(store, batch, { kind: 'clock', seq: seq + 1, receivedAtMs }, quarantine)
  }
  const stored = await store.query<{ n: number }>('SELECT count() AS n FROM events', {})
  expect(stored).toEqual([{ n: 8 }])
  const read = await readSession(store, rules, sid, { withEvents: true, withExplanation: true })
  expect(read?.events?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(read?.explanation?.isOfReported).toBe(true)
  const warnings = read?.diagnostics.map(({ seq, code }) => `${String(seq)} ${String(code)}`) ?? []
  expect(warnings).toContain('1 unknown_key')
  expect(new Set(warnings).size).toBe(warnings.length)
  const health = await instrumentationHealth(store, { fromMs: undefined, toMs: undefined })
  expect(health.warnings.map(({ events }) => events)).toEqual(health.warnings.map(() => 1))
  // What is not held against a player comes last.
  expect(health.warnings.length).toBeGreaterThan(1)
  expect(health.warnings.at(-1)?.code).toBe('equal_ts')
})
