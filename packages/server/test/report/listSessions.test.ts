import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../dist/clickhouse/openStore.js'
import type { Store } from '../../dist/clickhouse/store.js'
import { sidFloor } from '../../src/events/sessionId.ts'
import { listCursor, listSessions, type SessionListQuery } from '../../src/reports/listSessions.ts'
import type { Row } from '../../src/projection/rows/row.ts'
import { insertSessions, simulatedSessions } from '@playhead/testing/sessions/simulatedSessions.ts'

let folder: string
let store: Store
let sessions: Row[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-list-'))
  store = openStore({ dataDir: folder })
  await store.whenReady()
  const made = simulatedSessions(120)
  await insertSessions(store, made)
  const [first = {}] = made.map(({ session }) => session)
  // What a device's clock has placed in other years.
  const far = ['2001-02-03', '2031-02-03'].map((day) => ({
    ...first,
    // An id says when a list was recorded by its device's clock, which may have been wrong.
    sid: `${sidFloor(Date.parse('2026-10-25'))}${day.slice(2, 4)}${'f'.repeat(50)}`,
    started_at: Date.parse(day),
  }))
  await store.insert('sessions', far, 'far')
  sessions = [...made.map(({ session }) => session), ...far].toSorted(
    (a, b) =>
      Number(b['started_at']) - Number(a['started_at']) || (String(a['sid']) < String(b['sid']) ? 1 : -1),
  )
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function listed(query: Omit<SessionListQuery, 'filters' | 'before'>): Promise<string[]> {
  const found: string[] = []
  for (let before: SessionListQuery['before']; ;) {
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const page = await listSessions(store, { ...query, before, filters: [] })
    expect(page.sessions.length).toBeLessThanOrEqual(query.limit)
    found.push(...page.sessions.map(({ id }) => id))
    if (page.next === null) return found
    before = listCursor(page.next)
  }
}

function right(keeps: (row: Row) => boolean): string[] {
  return sessions.filter(keeps).map((row) => String(row['sid']))
}

test('pages of any size have every session once, newest first', async () => {
  for (const limit of [7, 50, 1000]) expect(await listed({ limit })).toEqual(right(() => true))
})

test('sessions that began at the same moment are there once each, whatever the size of a page', async () => {
  const [first = {}] = sessions
  const startedMs = Date.parse('2019-02-03')
  // More than are looked at in one go.
  const rows = Array.from({ length: 2100 }, (_, nth) => ({
    ...first,
    sid: `${sidFloor(startedMs)}${String((nth * 11) % 2100).padStart(52, '0')}`,
    started_at: startedMs,
    content_name: 'At once',
  }))
  await store.insert('sessions', rows, 'at once')
  const all = rows
    .map(({ sid }) => sid)
    .toSorted()
    .toReversed()
  for (const limit of [150, 1000]) expect(await listed({ limit, search: 'at once' })).toEqual(all)
  expect(await listed({ limit: 500, fromMs: startedMs, toMs: startedMs + 1 })).toEqual(all)
})

test('a range of time has the sessions that began in it', async () => {
  const [fromMs, toMs] = [Date.parse('2026-10-24T06:00Z'), Date.parse('2026-10-26T18:00Z')]
  const expected = right((row) => Number(row['started_at']) >= fromMs && Number(row['started_at']) < toMs)
  expect(expected.length).toBeGreaterThan(10)
  expect(await listed({ limit: 9, fromMs, toMs })).toEqual(expected)
})

test('a search finds names in any letter case, and the beginning of an id', async () => {
  const name = String(sessions[3]?.['content_name'])
  const named = right((row) => String(row['content_name']).toLowerCase().includes(name.toLowerCase()))
  expect(await listed({ limit: 2, search: name.toUpperCase() })).toEqual(named)
  const visitor = String(sessions[5]?.['visitor'])
  const watching = right((row) => String(row['visitor']).includes(visitor))
  expect(await listed({ limit: 50, search: visitor })).toEqual(watching)
  const sid = String(sessions.at(-1)?.['sid'])
  expect(await listed({ limit: 50, search: sid.slice(0, 14).toUpperCase() })).toEqual([sid])
  expect(await listed({ limit: 50, search: 'nowhere' })).toEqual([])
})

/** As many sessions as there are in some minutes of a large site, begun in 2020, which nobody else has. */
async function insertMany(name: string, count: number, row: Row): Promise<string[]> {
  const [first = {}] = sessions
  const rows = Array.from({ length: count }, (_, nth) => {
    const startedMs = Date.parse('2020-02-03') + nth * 1000
    const sid = `${sidFloor(startedMs)}${Buffer.from(name).toString('hex').padEnd(52, '0')}`
    return { ...first, sid, started_at: startedMs, content_name: name, version: 2 }
  })
  await store.insert('sessions', rows, name)
  // Which of its rows counts is found out when they are read, or when parts are merged.
  const changed = rows.slice(2).map((each) => ({ ...each, ...row, version: 3 }))
  await store.insert('sessions', changed, `${name} changed`)
  return rows.map(({ sid }) => sid).toReversed()
}

test.each([1, 50, 200])('thousands of sessions are there once, %i at a time', async (limit) => {
  const name = `Many ${limit}`
  const all = await insertMany(name, 6 * limit + 4200, { app_version: '2' })
  const search = name.toLowerCase()
  if (limit === 1)
    expect((await listSessions(store, { limit, search, filters: [] })).sessions[0]?.id).toBe(all[0])
  else expect(await listed({ limit, search })).toEqual(all)
})

test.each([1, 50, 200])(
  'what was true of thousands, and is no more, is not found, %i at a time',
  async (limit) => {
    const name = `Once ${limit}`
    const all = await insertMany(name, 20 * limit + 4200, { content_name: 'Another' })
    expect(await listed({ limit, search: name.toLowerCase() })).toEqual(all.slice(-2))
  },
)
