import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { allTimelines, bodiesOf } from '@playhead/testing/timelines/readTimeline.ts'
import { EmbeddedProcess } from '../dist/clickhouse/embeddedProcess.js'
import { eventBody, isClosed, play, post, type Report, reportOf } from '@playhead/testing/player.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const settings = {
  PLAYHEAD_LOG_LEVEL: 'error',
  PLAYHEAD_SESSION_IDLE_TIMEOUT_S: '6',
  PLAYHEAD_SESSION_GRACE_S: '0',
  PLAYHEAD_REORDER_WINDOW_MS: '500',
}

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
/** A stopped server's data, which each test damages a copy of. */
let original: Awaited<ReturnType<typeof temporaryDataDir>>
let sids: string[]
let reports: Report[]

const inFolder = (...names: string[]): string => join(folder.path, ...names)
const rebuild = (env = {}) => runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path, ...settings, ...env }, 'rebuild')

async function reportsOf(url: string): Promise<Report[]> {
  const found: Report[] = []
  // One after the other: a reader has one explanation at a time.
  for (const sid of sids) found.push(await reportOf(url, sid, isClosed, '?events=1&explain=1'))
  return found
}

beforeAll(async () => {
  original = await temporaryDataDir()
  const server = await startServer(original.path, settings)
  // Each fifth, and those that were downloaded; `reprocess.test.ts` looks at all of them.
  const timelines = allTimelines().filter(
    ({ events, closedBy, policy }, nth) =>
      policy === 'documented' && events.length < 40 && (nth % 5 === 0 || closedBy === 'end of list'),
  )
  sids = await Promise.all(
    timelines.map(async (timeline) => {
      const bodies = bodiesOf(timeline, Date.now())
      if (bodies[0]?.params?.['media.downloaded'] !== true) return play(server.url, bodies)
      const response = await post(`${server.url}/api/v1/sessions`, bodies)
      return response.headers.get('location')?.split('/').at(-1) ?? ''
    }),
  )
  reports = await reportsOf(server.url)
  await server.stop()
})
afterAll(() => original.remove())

beforeEach(async () => {
  folder = await temporaryDataDir()
  await cp(original.path, folder.path, { recursive: true })
  return () => folder.remove()
})

/** What the server reports of all sessions after the store was rebuilt. */
async function reportsAfterwards(): Promise<Report[]> {
  const server = await startServer(folder.path, settings)
  const found = await reportsOf(server.url)
  await server.stop()
  return found
}

/** Run a statement in the stopped server's store. */
async function inStore(sql: string): Promise<string> {
  const engine = new EmbeddedProcess(inFolder('clickhouse'), () => {})
  await engine.opened
  const pieces = await engine.run({ lane: 'write', set: '', sql })
  await engine.close()
  return Buffer.concat(pieces).toString()
}

/** The folders of table `events`, of the stopped server's store. */
async function partsOfEvents(): Promise<string[]> {
  const parts = await inStore(
    "SELECT path FROM system.parts WHERE active AND database = 'playhead' AND table = 'events' FORMAT TSV",
  )
  return parts.trim().split('\n')
}

/** The journal keeps nothing of what is stored: its end, and the checkpoint's sessions, are all that is left. */
async function forgetJournal(): Promise<void> {
  for (const name of await readdir(inFolder('journal'))) await rm(inFolder('journal', name))
  const { code, err } = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'salvage')
  expect({ code, err }).toEqual({ code: 0, err: '' })
}

describe('the same reports come out of', () => {
  test('the journal alone, when the store is gone', async () => {
    // And a rebuilding was cut short before.
    await rename(inFolder('clickhouse'), inFolder('clickhouse.new'))
    const { code, out, err } = await rebuild()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('There is no store: it is made from the journal alone.\nThe store is rebuilt: ')
    expect(await reportsAfterwards()).toEqual(reports)
  })

  test('the journal alone, when the store cannot be opened; the old one is kept', async () => {
    await rm(inFolder('clickhouse'), { recursive: true })
    await writeFile(inFolder('clickhouse'), 'this is no store')
    const { code, out } = await rebuild()
    expect(code).toBe(0)
    expect(out).toContain('The archive cannot be read')
    const kept = (await readdir(folder.path)).find((name) => name.startsWith('clickhouse.replaced-')) ?? ''
    expect(await readFile(inFolder(kept), 'utf8')).toBe('this is no store')
    expect(await reportsAfterwards()).toEqual(reports)
  })

  test('the archive alone, when a table of results is gone and the journal was cut', async () => {
    await forgetJournal()
    await inStore('DROP TABLE sessions SYNC')
    await inStore('TRUNCATE TABLE ads')
    const { code, out, err } = await rebuild()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/\d+ events, [1-9]\d* downloaded sessions from the archive/)
    expect(out).toMatch(/The old store is kept in \S+clickhouse\.replaced-/)
    expect(await reportsAfterwards()).toEqual(reports)
  })

  test('the rest of the archive and the journal, when a part of the archive is damaged', async () => {
    const [part = ''] = await partsOfEvents()
    const files = await readdir(part)
    const data = join(part, files.find((name) => name === 'data.bin' || name === 'body.bin') ?? '')
    const bytes = await readFile(data)
    const middle = Math.floor(bytes.length / 2)
    await writeFile(data, bytes.fill(0x55, middle, middle + 20))
    const { code, out, err } = await rebuild()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Pieces of the archive that cannot be read: ')
    expect(await reportsAfterwards()).toEqual(reports)
  })
})

test('an open session goes on, also without a checkpoint and a whole journal', async () => {
  const patient = { ...settings, PLAYHEAD_SESSION_IDLE_TIMEOUT_S: '600' }
  let server = await startServer(folder.path, patient)
  const [timeline] = allTimelines()
  if (timeline === undefined) throw new Error('there are no timelines')
  const sid = await play(server.url, bodiesOf(timeline, Date.now()).slice(0, 2))
  await until('the session to be stored', async () => {
    const response = await fetch(`${server.url}/readyz`)
    return ((await response.json()) as { storeLagRecords: number }).storeLagRecords === 0
  })
  await server.stop()
  await forgetJournal()
  await rm(inFolder('checkpoint.json'))
  await expect(startServer(folder.path, patient)).rejects.toThrow('When data is damaged')

  expect(await rebuild(patient)).toMatchObject({ code: 0, err: '' })
  server = await startServer(folder.path, patient)
  const end = eventBody('sessionEnd', Date.now(), 5)
  expect((await post(`${server.url}/api/v1/sessions/${sid}/events`, end)).status).toBe(204)
  const report = await reportOf(server.url, sid, isClosed, '?events=1')
  expect(report.events).toHaveLength(3)
  await server.stop()
})

test('where only the last step was missing, it is finished', async () => {
  await rename(inFolder('clickhouse'), inFolder('clickhouse.ready'))
  await expect(startServer(folder.path, settings)).rejects.toThrow('run playhead rebuild again')
  const span = ['--from', '2026-01-01', '--to', '2026-01-02']
  const command = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'reprocess', ...span)
  expect([command.code, command.err]).toEqual([1, expect.stringContaining('run playhead rebuild again')])
  expect((await rebuild()).out).toBe('A rebuilding that had been cut short at its end is finished.\n')
  expect(await reportsAfterwards()).toEqual(reports)
})

test('it is refused, in one line, where there is nothing to rebuild from', async () => {
  await rm(inFolder('journal'), { recursive: true })
  expect((await rebuild()).err).toMatch(/^playhead: there is no journal in the data folder \S+\n$/)
  const { code, err } = await rebuild({ PLAYHEAD_CLICKHOUSE_URL: 'http://127.0.0.1:1' })
  expect({ code, err }).toEqual({
    code: 1,
    err: 'playhead: rebuild is for the embedded store: a ClickHouse server has backups of its own\n',
  })
})
