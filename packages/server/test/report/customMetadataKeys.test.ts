import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Problem, ProblemCode } from '@playhead/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import type { SessionRows } from '../../src/projection/archive/sessionRows.ts'
import { customMetadataKeys } from '../../src/reports/customMetadataKeys.ts'
import { resolveDimension } from '../../src/reports/query/resolveIds.ts'
import type { Row } from '../../src/projection/rows/row.ts'
import {
  hostileKey,
  insertSessions,
  simulatedSessions,
} from '@playhead/testing/sessions/simulatedSessions.ts'

let folder: string
let store: Store
/** The longest keys that can be asked for, and one that cannot. */
const longest = ['k'.repeat(256), '😀'.repeat(256)]
const tooLong = '😀'.repeat(257)
const sessions = simulatedSessions(200).map((rows, nth) => withOwnKeys(nth === 1 ? withLongKeys(rows) : rows))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-keys-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  await insertSessions(store, sessions)
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const everything = { limit: 1000, fromMs: undefined, toMs: undefined }
const keysOf = (row: Row) => Object.keys(row['custom_metadata'] as object).filter((key) => key !== tooLong)
const isNamed = (row: Row) => row['content_id'] !== ''

test('every key that was sent is there, with how many have it', async () => {
  const { keys } = await customMetadataKeys(store, everything)
  const rows = sessions.map(({ session }) => session).filter(isNamed)
  const shown = {
    ads: sessions.flatMap(({ ads }) => ads).filter((row) => isNamed(row) && row['ad_id'] !== ''),
    chapters: sessions
      .flatMap(({ chapters }) => chapters)
      .filter((row) => isNamed(row) && row['closed_at'] !== null),
  }
  const right = new Set([...rows, ...shown.ads, ...shown.chapters].flatMap(keysOf))
  expect([...right]).toEqual(expect.arrayContaining([hostileKey, 'ofThisAd', 'ofThisChapter']))
  expect(new Set(keys.map(({ key }) => key))).toEqual(right)
  for (const { key, ...found } of keys) {
    const having = (some: readonly Row[]) => some.filter((row) => keysOf(row).includes(key)).length
    const counted = { sessions: having(rows), ads: having(shown.ads), chapters: having(shown.chapters) }
    expect([key, found]).toEqual([key, counted])
  }
  for (const count of ['sessions', 'ads', 'chapters'] as const)
    expect(keys.some((row) => row[count] > 0)).toBe(true)
  const counts = keys.map(({ sessions: count }) => count)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
})

test('every key that is there can be asked for, and no other', async () => {
  const { keys } = await customMetadataKeys(store, everything)
  const problems: Problem[] = []
  for (const { key } of keys) expect(resolveDimension(`c.${key}`, '/dimensions/0', problems)?.key).toBe(key)
  expect(problems).toEqual([])
  expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining(longest))
  expect(resolveDimension(`c.${tooLong}`, '/dimensions/0', problems)).toBeUndefined()
  expect(problems.map(({ code }) => code)).toEqual([ProblemCode.reportIdUnknown])
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

function withLongKeys({ session, ads, chapters }: SessionRows): SessionRows {
  const keys = Object.fromEntries([...longest, tooLong].map((key) => [key, 'yes']))
  const metadata = { ...(session['custom_metadata'] as object), ...keys }
  return { session: { ...session, custom_metadata: metadata }, ads, chapters }
}

/** Its ads and chapters have a key that it does not have itself. */
function withOwnKeys({ session, ads, chapters }: SessionRows): SessionRows {
  return {
    session,
    ads: ads.map((ad) => ({ ...ad, custom_metadata: { ofThisAd: 'yes' } })),
    chapters: chapters.map((chapter) => ({ ...chapter, custom_metadata: { ofThisChapter: 'yes' } })),
  }
}
