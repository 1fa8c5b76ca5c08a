import { once } from 'node:events'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import {
  runToItsEnd,
  type Server,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const settings = { PLAYHEAD_REORDER_WINDOW_MS: '200', PLAYHEAD_CHECKPOINT_INTERVAL_S: '1' }
const journalFailedCode = 74

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server
const inFolder = (name: string): string => join(folder.path, name)

beforeEach(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, settings)
})
afterEach(async () => {
  await server.crash()
  await folder.remove()
})

/** What an operator may do to a journal that is being written. */
const harms = {
  'deletes the folder': () => rm(inFolder('journal'), { recursive: true }),
  'moves the folder away': () => rename(inFolder('journal'), inFolder('elsewhere')),
  async 'puts an empty folder in its place'() {
    await rename(inFolder('journal'), inFolder('elsewhere'))
    await mkdir(inFolder('journal'))
  },
  async 'deletes its files'() {
    for (const name of await readdir(inFolder('journal'))) await rm(inFolder(`journal/${name}`))
  },
}

/** What the first start writes is a checkpoint of no records. */
async function checkpointIsThere(): Promise<boolean> {
  const text = await readFile(inFolder('checkpoint.json'), 'utf8').catch(() => '')
  return text !== '' && !text.includes('"seq":0')
}

test.each(Object.keys(harms) as (keyof typeof harms)[])(
  'nothing is acknowledged any more when somebody %s while the server runs',
  async (harm) => {
    const path = await openSession(server.url)
    await until('a checkpoint', checkpointIsThere)
    await harms[harm]()
    const refused = await post(`${server.url}${path}/events`, eventBody('play', Date.now(), 0))
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { errors: [{ code: 'log_unavailable', hint: expect.stringContaining('has to start again') }] },
    ])
    const ready = await fetch(`${server.url}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { journal: 'failed', journalDetail: expect.stringContaining('was deleted, moved or replaced') },
    ])
    expect(server.output.err).toContain('the journal has failed')
    expect(await server.stop()).toBe(journalFailedCode)
  },
)

test('an idle server notices by itself, and ends', async () => {
  const ended = once(server.process, 'exit')
  await harms['deletes its files']()
  expect((await ended)[0]).toBe(journalFailedCode)
  expect(server.output.err).toContain('was deleted, moved or replaced')
})

test('SIGTERM does not end in order when the journal is gone, though no event came since', async () => {
  await harms['deletes the folder']()
  expect(await server.stop()).toBe(journalFailedCode)
})

test('what was acknowledged is there when the journal is put back before the next start', async () => {
  const ts = Date.now()
  const path = await openSession(server.url, startBody(ts))
  await harms['puts an empty folder in its place']()
  expect((await post(`${server.url}${path}/events`, eventBody('play', ts, 0))).status).toBe(503)
  expect(await server.stop()).toBe(journalFailedCode)

  await rm(inFolder('journal'), { recursive: true })
  await rename(inFolder('elsewhere'), inFolder('journal'))
  server = await startServer(folder.path, settings)
  expect((await post(`${server.url}${path}/events`, eventBody('sessionEnd', ts + 1000, 1))).status).toBe(204)
  await reportOf(server.url, path.split('/').at(-1) ?? '', isClosed)
})

test.each([
  ['before its first checkpoint', 'deletes its files', async () => {}],
  ['after one', 'deletes the folder', () => until('a checkpoint', checkpointIsThere)],
] as const)(
  'a journal that is lost %s stops each start, until it is salvaged',
  async (_when, harm, reached) => {
    await openSession(server.url)
    await reached()
    await harms[harm]()
    await server.crash()

    for (const start of ['the next', 'the one after it']) {
      const stopped = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path, PLAYHEAD_PORT: '0' })
      expect([start, stopped.code, stopped.err]).toEqual([
        start,
        1,
        expect.stringContaining('When data is damaged'),
      ])
    }
    const salvaged = await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'salvage')
    expect([salvaged.code, salvaged.out]).toEqual([
      0,
      expect.stringContaining('the end of the journal is lost'),
    ])
    server = await startServer(folder.path, settings)
    await openSession(server.url)
  },
)

test('without session-keys the next start makes new ones, and says whose events get 404; the checkpoint is written anew', async () => {
  const path = await openSession(server.url)
  await until('a checkpoint', checkpointIsThere)
  await rm(inFolder('session-keys'))
  await rm(inFolder('checkpoint.json'))
  // Keys are read at the start alone.
  expect((await post(`${server.url}${path}/events`, eventBody('play', Date.now(), 0))).status).toBe(204)
  await until('the checkpoint to be written again', checkpointIsThere)
  expect(await server.stop()).toBe(0)

  server = await startServer(folder.path, settings)
  expect((await post(`${server.url}${path}/events`, eventBody('ping', Date.now(), 1))).status).toBe(404)
  expect(server.output.err).toContain('put session-keys back from a backup')
})
