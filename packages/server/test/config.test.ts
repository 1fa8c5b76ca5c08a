import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Env, runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>

beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

/** The first line of a checkpoint, with its checksum. */
function checkpointOf(changes: object): string {
  const json = JSON.stringify({ format: 1, seq: 0, clockOffsetMs: 0, sessions: 0, ...changes })
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

async function refusalOf(env: Env): Promise<string> {
  const { code, out, err } = await runToItsEnd({
    PLAYHEAD_DATA_DIR: join(folder.path, 'data'),
    PLAYHEAD_LOG_LEVEL: 'warn',
    ...env,
  })
  expect(code).toBe(1)
  expect(out).toBe('')
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  return err.trim()
}

test.each<[Env, string]>([
  [
    { PLAYHEAD_PROT: '80' },
    'playhead: PLAYHEAD_PROT is not a setting; see docs/operating.md for those there are',
  ],
  [
    { PLAYHEAD_toString: '1' },
    'playhead: PLAYHEAD_toString is not a setting; see docs/operating.md for those there are',
  ],
  [{ PLAYHEAD_PORT: '99999' }, 'playhead: PLAYHEAD_PORT takes a whole number from 0 to 65535, not "99999"'],
  [{ PLAYHEAD_PORT: '' }, 'playhead: PLAYHEAD_PORT takes a whole number from 0 to 65535, not ""'],
  [{ PLAYHEAD_VALIDATION: 'loose' }, 'playhead: PLAYHEAD_VALIDATION takes documented, strict or lenient'],
  [
    { PLAYHEAD_BASE_PATH: 'va/' },
    'playhead: PLAYHEAD_BASE_PATH takes a path such as /va, without a slash at its end',
  ],
  [{ PLAYHEAD_CLICKHOUSE_URL: 'tcp://x' }, 'playhead: PLAYHEAD_CLICKHOUSE_URL takes an http or https URL'],
  [
    { PLAYHEAD_SESSION_KEYS: '1:abcd' },
    'playhead: PLAYHEAD_SESSION_KEYS key 1: the secret needs at least 32 bytes as hex',
  ],
  [
    { PLAYHEAD_COLLECT_ORIGINS: 'https://a.example,https://b.example/' },
    'playhead: PLAYHEAD_COLLECT_ORIGINS takes origins such as https://www.example.com, in lower case and without a path, not https://b.example/',
  ],
  [
    { PLAYHEAD_COLLECT_ORG_IDS: 'a@AdobeOrg,' },
    'playhead: PLAYHEAD_COLLECT_ORG_IDS has an empty part: there is a comma too many',
  ],
])('%o stops the start with one clear line', async (env, line) => {
  expect(await refusalOf(env)).toBe(line)
})

test('a data folder that cannot be one stops the start', async () => {
  const path = join(folder.path, 'a-file')
  await writeFile(path, '')
  expect(await refusalOf({ PLAYHEAD_DATA_DIR: path })).toContain(`the data folder ${path} cannot be used`)
})

test('a data folder where none can be stops the start', async ({ skip }) => {
  skip(process.platform !== 'linux', 'only Linux has /proc, where no folder can be made')
  for (const path of ['/proc/foo', '/proc/foo/bar'])
    expect(await refusalOf({ PLAYHEAD_DATA_DIR: path })).toContain(
      `the data folder ${path} cannot be used: ENOENT`,
    )
})

test('a data folder is made, with those above it', async () => {
  const path = join(folder.path, 'a', 'b', 'data')
  const server = await startServer(path)
  expect(await server.stop()).toBe(0)
})

test('a data folder in use stops the start, and is free again after a crash', async () => {
  const path = join(folder.path, 'shared')
  const first = await startServer(path)
  expect(await refusalOf({ PLAYHEAD_DATA_DIR: path, PLAYHEAD_PORT: '0' })).toContain('is in use by process')
  await first.crash()
  const second = await startServer(path)
  expect(await second.stop()).toBe(0)
})

test('a port in use stops the start', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await refusalOf({ PLAYHEAD_PORT: String(port) })).toContain(
    `cannot listen on 127.0.0.1 port ${port}`,
  )
  other.close()
})

test.each([
  ['session-keys', 'nonsense', 'session-keys is not usable'],
  ['checkpoint.json', checkpointOf({ sessions: 1 }), 'is damaged: it has 0 of 1 sessions'],
  ['checkpoint.json', checkpointOf({ format: 99 }), 'has format 99; this version reads format 1'],
  ['checkpoint.json', checkpointOf({ seq: 501 }), 'journal has no segment file'],
  ['journal/0000000000000001.log', 'nonsense that is longer than a header', 'the journal cannot be opened'],
])('a damaged %s (%s) stops the start and is left as it is', async (file, content, reason) => {
  const { path, remove } = await temporaryDataDir()
  await mkdir(join(path, 'journal'))
  await writeFile(join(path, file), content)
  expect(await refusalOf({ PLAYHEAD_DATA_DIR: path, PLAYHEAD_PORT: '0' })).toContain(reason)
  expect(await readFile(join(path, file), 'utf8')).toBe(content)
  await remove()
})

test('a checkpoint of another data folder stops the start, and is left as it is', async () => {
  const { path, remove } = await temporaryDataDir()
  await (await startServer(path)).stop()
  const checkpoint = checkpointOf({ seq: 501 })
  await writeFile(join(path, 'checkpoint.json'), checkpoint)
  expect(await refusalOf({ PLAYHEAD_DATA_DIR: path, PLAYHEAD_PORT: '0' })).toContain(
    'the checkpoint is at 501, but the journal goes from 1 to 0',
  )
  expect(await readFile(join(path, 'checkpoint.json'), 'utf8')).toBe(checkpoint)
  await remove()
})

test('of three servers that start at once in a folder with a stale process id, one does', async () => {
  const path = join(folder.path, 'race')
  const first = await startServer(path)
  await first.crash()
  const starts = await Promise.allSettled([startServer(path), startServer(path), startServer(path)])
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  await Promise.all(started.map((server) => server.crash()))
  expect(started).toHaveLength(1)
})
