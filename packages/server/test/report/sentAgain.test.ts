import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../dist/store/openStore.js'
import type { Store } from '../../dist/store/store.js'
import { downloadOf } from '../../src/ingest/downloadOf.ts'
import { sessionIds } from '../../src/ingest/sessionId.ts'
import { emptyBatch } from '../../src/processor/batch.ts'
import { insertBatch } from '../../src/processor/insertBatch.ts'
import { openQuarantine } from '../../src/processor/quarantine.ts'
import { createRoster } from '../../src/processor/roster.ts'
import { playerHealth } from '../../src/report/playerHealth.ts'
import { readSession } from '../../src/report/readSession.ts'
import { eventBody, startBody } from '../support/player.ts'
import { rules, startMs } from '../session/script.ts'

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

test('a downloaded list that is sent again in another month is there once, with what was remarked on it', async () => {
  const list = [
    startBody(startMs, { 'media.downloaded': true, 'media.unknown': 'x' }),
    eventBody('play', startMs, 0),
    eventBody('ping', startMs + 10_000, 10),
    eventBody('chapterSkip', startMs + 20_000, 20),
  ]
  const sid = sessionIds([{ id: 1, secret: Buffer.alloc(32, 1) }]).createFor(
    downloadOf({ first: list[0], last: list.at(-1), events: list.length, startedAtMs: startMs }),
  )
  const roster = createRoster(rules, [])
  const quarantine = await openQuarantine(join(dataDir, 'quarantine'), () => {})
  for (const [seq, receivedAt] of [
    [100, '2025-06-30T23:59:58Z'],
    [200, '2025-07-01T00:00:03Z'],
  ] as const) {
    const receivedAtMs = Date.parse(receivedAt)
    const batch = emptyBatch(seq)
    const body = Buffer.from(JSON.stringify(list))
    roster.apply({ kind: 'event', seq, receivedAtMs, sid, body }, batch)
    await insertBatch(store, batch, { kind: 'clock', seq: seq + 1, receivedAtMs }, quarantine)
  }
  const stored = await store.query<{ n: number }>('SELECT count() AS n FROM events', {})
  expect(stored).toEqual([{ n: 8 }])
  const read = await readSession(store, rules, sid, { withEvents: true, withExplanation: true })
  expect(read?.events?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(read?.explanation?.isOfReported).toBe(true)
  const remarks = read?.diagnostics.map(({ seq, code }) => `${String(seq)} ${String(code)}`) ?? []
  expect(remarks).toContain('1 unknown_key')
  expect(new Set(remarks).size).toBe(remarks.length)
  const health = await playerHealth(store, { fromMs: undefined, toMs: undefined })
  expect(health.remarks.map(({ events }) => events)).toEqual(health.remarks.map(() => 1))
  // What is not held against a player comes last.
  expect(health.remarks.length).toBeGreaterThan(1)
  expect(health.remarks.at(-1)?.code).toBe('equal_ts')
})
