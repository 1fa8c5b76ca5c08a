import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const settings = { PLAYHEAD_REORDER_WINDOW_MS: '200', PLAYHEAD_CHECKPOINT_INTERVAL_S: '1' }

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
const inFolder = (name: string): string => join(folder.path, name)

beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

async function watch(url: string): Promise<string> {
  const ts = Date.now()
  return play(url, [startBody(ts), eventBody('play', ts, 0), eventBody('sessionEnd', ts + 1000, 1)])
}

async function readyz(url: string): Promise<{ store: string; storeDetail?: string; status: string }> {
  return (await (await fetch(`${url}/readyz`)).json()) as {
    store: string
    storeDetail?: string
    status: string
  }
}

test('a store that is moved away while the server runs loses nothing, and goes on when it is put back', async () => {
  const server = await startServer(folder.path, settings)
  const { url } = server
  const before = await watch(url)
  await reportOf(url, before, isClosed)
  for (const inItsPlace of ['nothing', 'a file', 'an empty folder']) {
    // oxlint-disable no-await-in-loop -- one after the other, with the same server
    await rename(inFolder('clickhouse'), inFolder('elsewhere'))
    if (inItsPlace === 'a file') await writeFile(inFolder('clickhouse'), '')
    if (inItsPlace === 'an empty folder') await mkdir(inFolder('clickhouse'))
    const meanwhile = await watch(url)
    await until('that it is seen', async () => (await readyz(url)).store === 'down')
    const { status, storeDetail } = await readyz(url)
    expect([inItsPlace, status]).toEqual([inItsPlace, 'ready'])
    expect(storeDetail).toMatch(
      /clickhouse (has been deleted or moved|is not a folder|is another folder than).* Put it back, or stop the server and run playhead rebuild/,
    )
    expect(server.output.err).toContain('run playhead rebuild')
    await rm(inFolder('clickhouse'), { recursive: true, force: true })
    await rename(inFolder('elsewhere'), inFolder('clickhouse'))
    await reportOf(url, meanwhile, isClosed, '', 60_000)
    await reportOf(url, before, isClosed)
    expect((await readyz(url)).storeDetail).toBeUndefined()
    // oxlint-enable no-await-in-loop
  }
  await server.stop()
})

test('a store that is gone at a start is missing in /readyz at each start, until it is rebuilt', async () => {
  const first = await startServer(folder.path, settings)
  const sid = await watch(first.url)
  await reportOf(first.url, sid, isClosed)
  await first.stop()
  await rm(inFolder('clickhouse'), { recursive: true })
  for (const what of ['is missing', 'is not the store of this data folder']) {
    // oxlint-disable no-await-in-loop -- one start after the other
    const server = await startServer(folder.path, settings)
    await until('the store', async () => (await readyz(server.url)).store === 'ready')
    expect(await readyz(server.url)).toMatchObject({
      status: 'ready',
      storeDetail: expect.stringMatching(new RegExp(`clickhouse ${what}: .*playhead rebuild`)),
    })
    expect(server.output.err).toContain('the store is not whole')
    await server.stop()
    // oxlint-enable no-await-in-loop
  }
  expect((await runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'rebuild')).code).toBe(0)
  const server = await startServer(folder.path, settings)
  await reportOf(server.url, sid, isClosed)
  expect((await readyz(server.url)).storeDetail).toBeUndefined()
  await server.stop()
})
