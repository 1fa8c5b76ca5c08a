import { crc32 } from 'node:zlib'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allTimelines, bodiesOf } from '@playhead/testing/timelines/readTimeline.ts'
import { readArchive } from '../dist/commands/reprocess/readArchive.js'
import { openStore } from '../dist/clickhouse/openStore.js'
import { eventBody, isClosed, play, post, reportOf, startBody } from '@playhead/testing/player.ts'
import {
  type Env,
  runToItsEnd,
  type Server,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'

/** What sessions are closed by here: time-outs of the pages are minutes and hours. */
const settings: Env = {
  PLAYHEAD_SESSION_IDLE_TIMEOUT_S: '6',
  PLAYHEAD_SESSION_GRACE_S: '0',
  PLAYHEAD_REORDER_WINDOW_MS: '1000',
}
/** Playback of a downloaded session was in the past. */
const range = ['--from', '2020-01-01', '--to', '2100-01-01']

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let sids: string[]

function reprocess(...args: readonly string[]): ReturnType<typeof runToItsEnd> {
  return reprocessBy({}, ...args)
}

function reprocessBy(changed: Env, ...args: readonly string[]): ReturnType<typeof runToItsEnd> {
  return runToItsEnd({ ...settings, PLAYHEAD_DATA_DIR: folder.path, ...changed }, 'reprocess', ...args)
}

/** Send a worked session; one that was sent at once and whole, if it was downloaded. */
async function send(url: string, bodies: ReturnType<typeof bodiesOf>): Promise<string> {
  if (bodies[0]?.params?.['media.downloaded'] !== true) return play(url, bodies)
  const response = await post(`${url}/api/v1/sessions`, bodies)
  return response.headers.get('location')?.split('/').at(-1) ?? ''
}

beforeAll(async () => {
  folder = await temporaryDataDir()
  const server: Server = await startServer(folder.path, settings)
  const timelines = allTimelines().filter(
    ({ events, policy }) => events.length < 40 && policy === 'documented',
  )
  sids = await Promise.all(timelines.map((timeline) => send(server.url, bodiesOf(timeline, Date.now()))))
  for (const sid of sids) await reportOf(server.url, sid, isClosed)
  expect((await reprocess(...range)).err).toMatch(/is in use by process \d+/)
  await server.stop()
  // One that is still open when the server stops, however long that takes.
  const patient = await startServer(folder.path)
  const open = await play(patient.url, bodiesOf(timelines[0] ?? never(), Date.now()).slice(0, 2))
  await reportOf(patient.url, open, ({ session }) => session.status === 'open')
  await patient.stop()
})
afterAll(() => folder.remove())

function never(): never {
  throw new Error('there are no timelines')
}

test('every worked session comes out of the archive as it went into the reports', async () => {
  const { code, out, err } = await reprocess(...range, '--dry-run')
  expect(err).toBe('')
  expect(out).toMatch(
    new RegExp(
      `^${sids.length} closed sessions, 0 would change, ${sids.length} the same\n1 sessions left alone: open, or not stored yet\n[\\d,]+ events in .+ events/s\n$`,
    ),
  )
  expect(code).toBe(0)
})

test('other rules give other numbers; they are told, then stored, and then they are the same', async () => {
  const watched = { PLAYHEAD_PROGRESS_MARKERS: 'watched' }
  const dry = await reprocessBy(watched, ...range, '--dry-run')
  const changed = Number(/ (\d+) would change/.exec(dry.out)?.[1])
  expect(changed).toBeGreaterThan(2)
  expect(dry.out).toContain('\n  session progress_10: true → false\n')
  expect((await reprocess(...range, '--dry-run')).out).toContain(' 0 would change')

  expect((await reprocessBy(watched, ...range)).out).toContain(` ${changed} changed`)
  expect((await reprocessBy(watched, ...range, '--dry-run')).out).toContain(' 0 would change')
  // And back: the newest result counts, whatever its rules.
  expect((await reprocess(...range)).out).toContain(` ${changed} changed`)
  expect((await reprocess(...range, '--dry-run')).out).toContain(' 0 would change')
})

test('what was stored is what the server reports, also when it starts again with its journal', async () => {
  await reprocessBy({ PLAYHEAD_PROGRESS_MARKERS: 'watched' }, ...range)
  const server = await startServer(folder.path, settings)
  const reports = await Promise.all(sids.map((sid) => reportOf(server.url, sid, isClosed, '?explain=1')))
  await server.stop()
  const isOfReported = reports.map((report) => (report as unknown as Explained).explanation.isOfReported)
  expect(isOfReported).toContain(true)
  expect(isOfReported).toContain(false)
  await reprocess(...range)
})

interface Explained {
  readonly explanation: { readonly isOfReported: boolean }
}

test('parts that no rule makes any more are taken away, and missing ones are made', async () => {
  const store = openStore({ dataDir: folder.path })
  await store.whenReady()
  const [ad] = await store.query<{ sid: string; ordinal: number }>(`
    SELECT * REPLACE (
      toUnixTimestamp64Milli(session_started_at) AS session_started_at,
      toUnixTimestamp64Milli(started_at) AS started_at
    ) FROM ads LIMIT 1`)
  if (ad === undefined) throw new Error('there are no ads')
  await store.insert('ads', [{ ...ad, ordinal: 77 }], 'an ad of nothing')
  await store.removeParts('ads', [ad])
  await store.close()
  expect((await reprocess(...range)).out).toContain(`${ad.sid}\n  ad ${ad.ordinal}: new\n  ad 77: no more\n`)
  expect((await reprocess(...range, '--dry-run')).out).toContain(' 0 would change')
})

/** Pages that are looked at: of single events that is enough. */
const pagesMax = 100

test.each([1, 7, 100_000])('the archive comes whole and in order, in pages of %d', async (pageMax) => {
  const store = openStore({ dataDir: folder.path })
  await store.whenReady()
  const stored = await store.query<{ sid: string; seq: number; atMs: number; body: string }>(
    'SELECT sid, seq, toUnixTimestamp64Milli(received_at) AS atMs, body FROM events ORDER BY sid, seq',
  )
  const events: unknown[] = []
  for await (const page of readArchive(store, { fromMs: 0, toMs: Date.now() }, pageMax)) {
    expect(page.count).toBeLessThanOrEqual(pageMax)
    events.push(...page.events)
    if (events.length >= pagesMax * pageMax) break
  }
  await store.close()
  expect(stored.length).toBeGreaterThan(pagesMax)
  expect(events).toEqual(
    stored.slice(0, events.length).map(({ sid, seq, atMs, body }) => ({
      sid,
      seq,
      receivedAtMs: atMs,
      fingerprint: crc32(body),
      json: JSON.parse(body),
    })),
  )
})

test('only sessions that began in the range are looked at', async () => {
  expect((await reprocess('--from', '2019-01-01', '--to', '2019-02-01')).out).toMatch(/^0 closed sessions/)
})

test('a session begins when its report says, whatever time its id has', async () => {
  const other = await temporaryDataDir()
  const server = await startServer(other.path, settings)
  const inTenYears = Date.now() + 10 * 365 * 86_400_000
  const list = [
    startBody(inTenYears, { 'media.downloaded': true }),
    eventBody('play', inTenYears, 0),
    eventBody('sessionEnd', inTenYears + 10_000, 10),
  ]
  const response = await post(`${server.url}/api/v1/downloaded`, list)
  const sid = response.headers.get('location')?.split('/').at(-1) ?? ''
  await reportOf(server.url, sid, isClosed)
  await server.stop()
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const of = (from: string, to: string) =>
    reprocessBy({ PLAYHEAD_DATA_DIR: other.path }, '--from', from, '--to', to)
  expect((await of(day(-1), day(2))).out).toMatch(/^1 closed sessions/)
  expect((await of(day(3000), day(4000))).out).toMatch(/^0 closed sessions/)
  await other.remove()
})

describe('it is refused, in one line,', () => {
  test.each([
    [['reprocess'], 'reprocess: --from is missing; see playhead help'],
    [['reprocess', '--from', 'yesterday', '--to', '2026-01-01'], 'reprocess: --from takes a time such as'],
    [['reprocess', ...range, '--fast'], "reprocess: Unknown option '--fast'; see playhead help"],
    [['reprocess', '--from', '2026-01-02', '--to', '2026-01-01'], 'reprocess: --from must be before --to'],
    [['rerun'], 'there is no command rerun; see playhead help'],
  ])('%j', async (args, message) => {
    const { code, err, out } = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, ...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(`playhead: ${message}`)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  test('where there is no archive', async () => {
    const { code, err } = await reprocessBy({ PLAYHEAD_DATA_DIR: join(folder.path, 'none') }, ...range)
    expect(code).toBe(1)
    expect(err).toMatch(/there is no archive in the data folder .+none\n$/)
  })
})

test('help says what there is', async () => {
  const { code, out } = await runToItsEnd({}, 'help')
  expect(code).toBe(0)
  expect(out).toContain('playhead reprocess')
})
