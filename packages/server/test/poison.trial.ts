import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../dist/clickhouse/openStore.js'
import { eventBody, isClosed, post, reportOf, startBody } from '@playhead/testing/player.ts'
import {
  runToItsEnd,
  type Server,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

/*
 * Lists that anybody may send, and that come to far more rows, bytes or partitions than they look like.
 */

const hourMs = 3_600_000
const settings = { PLAYHEAD_LOG_LEVEL: 'error' }

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server
beforeEach(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, settings)
})
afterEach(async () => {
  await server.crash()
  await folder.remove()
})

interface Sent {
  readonly type: string
  readonly members?: object
}

/** A list of a start, and of events a millisecond apart. */
function list(ts: number, start: object, events: readonly Sent[]): object[] {
  return [
    { ...startBody(ts, { 'media.downloaded': true }), ...start },
    ...events.map(({ type, members }, nth) => eventBody(type, ts + nth + 1, 0, members)),
  ]
}

const metadata = (keys: number, chars: number) =>
  Object.fromEntries(Array.from({ length: keys }, (_, nth) => [`key${nth}`, 'm'.repeat(chars)]))
const times = (count: number, event: Sent): Sent[] => Array.from({ length: count }, () => event)
const adBreak = {
  type: 'adBreakStart',
  members: {
    params: { 'media.ad.podIndex': 0, 'media.ad.podSecond': 0, 'media.ad.podFriendlyName': 'x' },
  },
}
const ad = {
  type: 'adStart',
  members: {
    params: {
      'media.ad.podPosition': 1,
      'media.ad.length': 1,
      'media.ad.id': 'a',
      'media.ad.playerName': 'p',
    },
  },
}
const chapter = {
  type: 'chapterStart',
  members: {
    params: { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 1 },
  },
}
const nowMs = Date.now() - hourMs

interface Hostile {
  readonly name: string
  readonly body: readonly object[]
  /** A figure of the store afterwards. */
  readonly sql: string
  readonly figure: number
}

const hostile: readonly Hostile[] = [
  {
    name: 'much metadata before thousands of ads',
    body: list(nowMs, { customMetadata: metadata(3, 16_000) }, [adBreak, ...times(4000, ad)]),
    sql: 'SELECT countIf(length(custom_metadata) = 0) AS figure FROM ads WHERE session_started_at BETWEEN now() - 86400 AND now()',
    figure: 4000,
  },
  {
    name: 'the same before thousands of chapters',
    body: list(nowMs + 1, { customMetadata: metadata(3, 16_000) }, times(4000, chapter)),
    sql: 'SELECT countIf(length(custom_metadata) = 0) AS figure FROM chapters WHERE session_started_at BETWEEN now() - 86400 AND now()',
    figure: 4000,
  },
  {
    name: 'many keys that no event has',
    body: list(nowMs + 2, {}, times(9, { type: 'ping', members: { params: metadata(100, 10) } })),
    sql: "SELECT countIf(code = 'unknown_key') >= 100 AS figure FROM diagnostics",
    figure: 1,
  },
  {
    name: 'events of which each is as large as it may be',
    body: list(nowMs + 3, {}, times(120, { type: 'ping', members: { customMetadata: metadata(3, 16_000) } })),
    sql: "SELECT count() AS figure FROM events WHERE length(body) > 48000 AND event_type = 'ping'",
    figure: 120,
  },
  ...Array.from({ length: 40 }, (_, nth) => ({
    name: 'a year of its own',
    // Up to this one: a list that ends after its upload is moved to it.
    body: list(Date.UTC(new Date().getUTCFullYear() - 1 - nth, 5), {}, [adBreak, ad, chapter]),
    sql: `SELECT max(partitions) <= 24 AS figure FROM (
      SELECT uniqExact(partition_id) AS partitions FROM system.parts
      WHERE active AND database = currentDatabase() GROUP BY table)`,
    figure: 1,
  })),
]

async function send(body: readonly object[]): Promise<string> {
  const response = await post(`${server.url}/api/v1/downloaded`, body)
  expect([response.status, await response.text()]).toEqual([201, ''])
  return response.headers.get('location')?.split('/').at(-1) ?? ''
}

async function expectStored(): Promise<void> {
  const store = openStore({ dataDir: folder.path })
  await store.whenReady()
  for (const { name, sql, figure } of hostile) {
    expect([name, await store.query(sql)]).toEqual([name, [{ figure }]])
  }
  await store.close()
}

test(
  'a list that comes to far more than it looks like is stored, and so is what comes behind it',
  {
    timeout: 600_000,
  },
  async () => {
    await Promise.all(hostile.map(({ body }) => send(body)))
    const other = await send(list(nowMs + 4, {}, [{ type: 'play' }]))
    // What waits in the journal then is stored by the next one.
    await server.crash()
    server = await startServer(folder.path, settings)
    const readyz = async () =>
      (await (await fetch(`${server.url}/readyz`)).json()) as {
        quarantinedRows: number
        storeLagRecords: number
      }
    await until('the store to catch up', async () => (await readyz()).storeLagRecords === 0, 120_000)
    expect((await readyz()).quarantinedRows).toBe(0)
    await reportOf(server.url, other, isClosed)
    await server.stop()
    await expectStored()

    const env = { ...settings, PLAYHEAD_DATA_DIR: folder.path }
    const range = ['--from', '1970-01-01', '--to', '2100-01-01']
    const reprocessed = await runToItsEnd(env, 'reprocess', ...range, '--dry-run')
    expect([reprocessed.code, reprocessed.err]).toEqual([0, ''])
    expect(reprocessed.out).toContain(`${hostile.length + 1} closed sessions, 0 would change`)
    const rebuilt = await runToItsEnd(env, 'rebuild')
    expect([rebuilt.code, rebuilt.err]).toEqual([0, ''])
    await expectStored()
  },
)
