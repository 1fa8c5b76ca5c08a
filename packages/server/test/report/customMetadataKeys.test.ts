import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../dist/store/openStore.js'
import type { Store } from '../../dist/store/store.js'
import { customMetadataKeys } from '../../src/report/customMetadataKeys.ts'
import type { Row } from '../../src/store/rows/row.ts'
import { hostileKey, insertSessions, simulatedSessions } from './simulatedSessions.ts'

let folder: string
let store: Store
const sessions = simulatedSessions(200)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-keys-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  await insertSessions(store, sessions)
}, 60_000)

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const everything = { limit: 1000, fromMs: undefined, toMs: undefined }
const keysOf = (row: Row) => Object.keys(row['custom_metadata'] as object)
const isNamed = (row: Row) => row['content_id'] !== ''

test('every key that was sent is there, with how many have it', async () => {
  const { keys } = await customMetadataKeys(store, everything)
  const rows = sessions.map(({ session }) => session).filter(isNamed)
  const right = new Set(rows.flatMap(keysOf))
  expect(right.has(hostileKey)).toBe(true)
  expect(new Set(keys.map(({ key }) => key))).toEqual(right)
  for (const { key, sessions: count, ads } of keys) {
    const has = (row: Row) => keysOf(row).includes(key)
    expect([key, count]).toEqual([key, rows.filter(has).length])
    const shown = sessions.flatMap((each) => each.ads).filter((row) => isNamed(row) && row['ad_id'] !== '')
    expect([key, ads]).toEqual([key, shown.filter(has).length])
  }
  const counts = keys.map(({ sessions: count }) => count)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
})

test('of a range of time, of the suites that may be seen, and as many as are asked for', async () => {
  const [fromMs, toMs] = [Date.parse('2026-10-24T00:00Z'), Date.parse('2026-10-25T00:00Z')]
  const { keys } = await customMetadataKeys(store, { limit: 1000, fromMs, toMs })
  const inRange = sessions
    .map(({ session }) => session)
    .filter((row) => isNamed(row) && Number(row['started_at']) >= fromMs && Number(row['started_at']) < toMs)
  expect(keys.find(({ key }) => key === 'team')?.sessions).toBe(
    inRange.filter((row) => keysOf(row).includes('team')).length,
  )
  const all = await customMetadataKeys(store, everything)
  const first = await customMetadataKeys(store, { ...everything, limit: 1 })
  expect(first.keys).toEqual(all.keys.slice(0, 1))
  const seen = await customMetadataKeys(store.seenBy(['suite-b']), everything)
  const own = sessions
    .map(({ session }) => session)
    .filter((row) => isNamed(row) && row['report_suite'] === 'suite-b')
  expect(seen.keys.find(({ key }) => key === 'team')?.sessions).toBe(
    own.filter((row) => keysOf(row).includes('team')).length,
  )
  expect((await customMetadataKeys(store.seenBy([]), everything)).keys).toEqual([])
})
