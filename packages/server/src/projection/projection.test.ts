import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClickHouseError } from '@clickhouse/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '@playhead/testing/server/until.ts'
import { type Journal, openJournal } from '../log/journal.ts'
import type { Row } from './rows/row.ts'
import { encodeRow } from '../clickhouse/encodeRow.ts'
import { RowsRefused } from '../clickhouse/rowsRefused.ts'
import type { Store } from '../clickhouse/store.ts'
import { StoreUnavailable } from '../clickhouse/storeUnavailable.ts'
import { readCheckpoint } from './checkpoint.ts'
import { startProjection } from './projection.ts'
import { openQuarantine } from './quarantine.ts'

/**
 * The loop from a real journal to a store that fails when it is told to. What the real store does is tested with it;
 * here it is what the loop makes of failures.
 */
const timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }
const rules = { timeouts, reorderWindowMs: 0, areSeekedMarkersSkipped: false }
const startMs = 1_750_000_000_000
const sid = 'a'.repeat(64)

let dir: string
let journal: Journal
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playhead-projection-'))
  journal = await openJournal({ dir: join(dir, 'journal'), segmentBytesMax: 4096 })
})
afterEach(async () => {
  await journal.close()
  await rm(dir, { recursive: true })
})

/** A store that keeps rows by table and key, and fails as often as it is told. */
function storeOf(failures: number): Store & { rows: Map<string, Row> } {
  const rows = new Map<string, Row>()
  let left = failures
  return {
    rows,
    insert: () => Promise.reject(new Error('rows come encoded')),
    probe: async () => {},
    async insertEncoded(table, inserted) {
      if (left > 0) {
        left -= 1
        throw left % 2 === 0 ? new StoreUnavailable('down') : new Error('refused')
      }
      for (const line of inserted) {
        const row = JSON.parse(line.toString()) as Row
        rows.set([table, row['sid'], row['seq'] ?? row['ordinal'], row['code']].join(' '), row)
      }
    },
    isNarrowed: false,
    export: () => Promise.reject(new Error('nobody exports here')),
    query: async () => [],
    seenBy() {
      throw new Error('nobody reads here')
    },
    removeParts: async () => {},
    erase: async () => {},
    status: { state: 'ready' },
    whenReady: async () => {},
    holdRetention: async () => {},
    close: async () => {},
  }
}

async function append(atS: number, eventType?: string): Promise<number> {
  const receivedAtMs = startMs + atS * 1000
  if (eventType === undefined) return journal.append({ kind: 'clock', receivedAtMs })
  const body = JSON.stringify({ eventType, playerTime: { playhead: atS, ts: receivedAtMs } })
  return journal.append({ kind: 'event', receivedAtMs, sid, body: Buffer.from(body) })
}

const checkpointPath = (): string => join(dir, 'checkpoint.json')
const seqs = (rows: Map<string, Row>): unknown[] =>
  [...rows].filter(([key]) => key.startsWith('events ')).map(([, row]) => row['seq'])

async function process(store: Store, retries: unknown[] = []) {
  const checkpoint = await readCheckpoint(checkpointPath())
  return startProjection({
    journal,
    store,
    rules,
    quarantine: await openQuarantine(join(dir, 'quarantine'), () => {}),
    checkpoint,
    checkpointPath: checkpointPath(),
    checkpointIntervalMs: 10_000,
    onRetry: (error) => retries.push(error),
  })
}

test('a batch that the store refuses is stored when the store takes it, and counts as stored only then', async () => {
  const store = storeOf(3)
  const retries: unknown[] = []
  await append(0, 'sessionStart')
  await append(1, 'play')
  const last = await append(2)
  const projection = await process(store, retries)
  expect(projection.storedSeq).toBe(0)
  await projection.stop(last, 30_000)
  expect(retries).toHaveLength(3)
  expect(seqs(store.rows)).toEqual([1, 2])
  expect(projection.storedSeq).toBe(last)
})

test('what was not stored when the projection stopped is stored after the next start', async () => {
  await append(0, 'sessionStart')
  const last = await append(2)
  const failing = await process(storeOf(Number.POSITIVE_INFINITY))
  await failing.stop(last, 50)
  expect(failing.storedSeq).toBe(0)

  const store = storeOf(0)
  const projection = await process(store)
  await projection.stop(last, 30_000)
  expect(seqs(store.rows)).toEqual([1])
})

test('a session goes on from the checkpoint, which the journal is cut to', async () => {
  const store = storeOf(0)
  await append(0, 'sessionStart')
  await append(1, 'play')
  for (let atS = 2; atS <= 60; atS += 1) await append(atS, 'ping')
  const first = await process(store)
  await first.stop(await append(60), 30_000)
  const { seq, sessions } = await readCheckpoint(checkpointPath())
  expect(seq).toBe(journal.lastSeq)
  expect(sessions.map(({ state }) => state.sid)).toEqual([sid])
  expect(journal.firstSeq).toBeGreaterThan(1)

  await append(70, 'sessionEnd')
  const second = await process(store)
  await second.stop(await append(71), 30_000)
  expect(store.rows.get(`sessions ${sid}  `)).toMatchObject({
    status: 'closed',
    content_time_spent_ms: 69_000,
  })
})

test('a checkpoint that cannot be written ends nothing, and is tried again', async () => {
  const store = storeOf(0)
  const retries: unknown[] = []
  const checkpoint = await readCheckpoint(checkpointPath())
  const blocked = join(dir, 'missing', 'checkpoint.json')
  const quarantine = await openQuarantine(join(dir, 'quarantine'), () => {})
  const parts = {
    journal,
    store,
    rules,
    quarantine,
    checkpoint,
    checkpointPath: blocked,
    checkpointIntervalMs: 0,
  }
  await append(0, 'sessionStart')
  await append(1)
  await append(2, 'play')
  const last = await append(3)
  const projection = startProjection({ ...parts, onRetry: (error) => retries.push(error) })
  await projection.stop(last, 30_000)
  expect(projection.storedSeq).toBe(last)
  expect(retries).toHaveLength(2)
  expect(seqs(store.rows)).toEqual([1, 3])
})

test('while a checkpoint cannot be written the old one stays, and the trouble shows until it can', async () => {
  const store = storeOf(0)
  await append(0, 'sessionStart')
  const first = await process(store)
  await first.stop(await append(1), 30_000)
  const old = await readFile(checkpointPath(), 'utf8')

  await mkdir(`${checkpointPath()}.new`)
  await append(20, 'play')
  const second = await process(store)
  await second.stop(await append(40), 30_000)
  expect(second.checkpointTrouble).toContain('EISDIR')
  expect(second.storedSeq).toBe(journal.lastSeq)
  expect(await readFile(checkpointPath(), 'utf8')).toBe(old)

  const third = await process(store)
  await rm(`${checkpointPath()}.new`, { recursive: true })
  await third.stop(await append(60), 30_000)
  expect(third.checkpointTrouble).toBeUndefined()
  expect((await readCheckpoint(checkpointPath())).seq).toBe(journal.lastSeq)
})

test('rows in quarantine hide no lag: they are offered when the store takes the first batch', async () => {
  const quarantine = await openQuarantine(join(dir, 'quarantine'), () => {})
  await quarantine.keep({
    table: 'events',
    batch: '7-7',
    key: '7',
    sid,
    line: encodeRow({ sid, seq: 7 }),
    error: new RowsRefused('poison', new ClickHouseError({ message: 'poison', code: '469' })),
  })
  await append(0, 'sessionStart')
  const last = await append(1)
  const store = storeOf(0)
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const projection = await process({ ...store, whenReady: () => opened })
  await until('the lag to show', async () => projection.unstoredSinceMs === startMs)
  expect(projection.appliedSeq).toBe(last)
  expect(store.rows.size).toBe(0)
  open()
  await projection.stop(last, 30_000)
  expect(new Set(seqs(store.rows))).toEqual(new Set([1, 7]))
})

test('a stop does not wait for a long list that is being applied, which is applied whole after the next start', async () => {
  const events = 20_000
  const list = Array.from({ length: events }, (_, index) => ({
    eventType: index === 0 ? 'sessionStart' : 'ping',
    playerTime: { playhead: index, ts: startMs + index },
  }))
  await journal.append({
    kind: 'event',
    receivedAtMs: startMs,
    sid,
    body: Buffer.from(JSON.stringify(list)),
  })
  const last = await append(1)
  const store = storeOf(0)
  let isFull = false
  // Its rows are more than one batch; the first stays under way, so that the list is being applied when the stop comes.
  const insertEncoded = (): Promise<never> => {
    isFull = true
    return new Promise(() => {})
  }
  const stopped = await process({ ...store, insertEncoded })
  await until('the first rows to be inserted', async () => isFull)
  await stopped.stop(last, 2 ** 31 - 1)
  expect(stopped.storedSeq).toBe(0)

  const projection = await process(store)
  await until('the list to be stored', async () => projection.storedSeq === last)
  await projection.stop(last, 30_000)
  expect(seqs(store.rows)).toHaveLength(events)
})
