import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openJournal } from '../dist/log/journal.js'
import { openStore } from '../dist/clickhouse/openStore.js'
import {
  eventBody,
  isClosed,
  openSession,
  play,
  post,
  type Report,
  reportOf,
  startBody,
} from '@playhead/testing/player.ts'
import {
  runToItsEnd,
  type Server,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

/** Everything that can be under way is: batches, checkpoints, segments, while the backup is taken. */
const settings = { PLAYHEAD_REORDER_WINDOW_MS: '1000', PLAYHEAD_CHECKPOINT_INTERVAL_S: '1' }

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let backup: string
let server: Server
/** Reports of closed sessions as they were before the backup, by id. */
const reports = new Map<string, Report>()
/** Sessions that were open then, all of whose events were acknowledged. */
const open: string[] = []
/** Played while the backup was taken. */
const during: string[] = []

function run(dataDir: string, ...args: readonly string[]): ReturnType<typeof runToItsEnd> {
  return runToItsEnd({ PLAYHEAD_DATA_DIR: dataDir }, ...args)
}

function watching(media: string): object[] {
  const ts = Date.now() - 60_000
  return [
    startBody(ts, { 'media.id': media }),
    eventBody('play', ts, 0),
    eventBody('ping', ts + 10_000, 10),
    eventBody('sessionEnd', ts + 20_000, 20),
  ]
}

beforeAll(async () => {
  folder = await temporaryDataDir()
  backup = join(folder.path, 'backup')
  const dataDir = join(folder.path, 'data')
  server = await startServer(dataDir, settings)
  const { url } = server
  const sids = await Promise.all(Array.from({ length: 20 }, (_, nth) => play(url, watching(`before ${nth}`))))
  for (const sid of sids) reports.set(sid, await reportOf(url, sid, isClosed))
  const backedUp = new AbortController()
  const players = Array.from({ length: 4 }, async () => {
    while (!backedUp.signal.aborted) during.push(await play(url, watching('during')))
  })
  await until('some of what is played during the backup', async () => during.length > 20)
  for (let nth = 0; nth < 10; nth += 1) {
    const location = await openSession(url, startBody(Date.now() - 10_000))
    const response = await post(`${url}${location}/events`, eventBody('play', Date.now() - 10_000, 0))
    expect(response.status).toBe(204)
    open.push(location)
  }
  await mkdir(join(dataDir, 'quarantine'))
  await writeFile(join(dataDir, 'quarantine/kept.txt'), 'what the store refused')
  const result = await run(dataDir, 'backup', '--to', backup)
  backedUp.abort()
  await Promise.all(players)
  expect([result.code, result.err]).toEqual([0, ''])
  expect(result.out).toMatch(/^\d+ files, [\d.]+ MiB in .+: what was acknowledged before \d{4}-/)
  await Promise.all(Array.from({ length: 10 }, () => play(url, watching('after'))))
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

test('the server keeps nothing of the backup', async () => {
  expect(await readdir(join(folder.path, 'data'))).not.toContain('backup.tmp')
})

describe('restored elsewhere', () => {
  let restored: Server
  const dataDir = () => join(folder.path, 'restored')
  afterAll(() => restored.crash())

  test('it is a data folder that a server starts on, with keys for their owner alone', async () => {
    const { code, out, err } = await run(dataDir(), 'restore', '--from', backup)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^\d+ files, .+ restored, as they were at \d{4}-/)
    expect(await readFile(join(dataDir(), 'quarantine/kept.txt'), 'utf8')).toBe('what the store refused')
    expect((await stat(join(dataDir(), 'session-keys'))).mode & 0o777).toBe(0o600)
  })

  test('no row in it is of a record that its journal does not have: a position is never given twice', async () => {
    const journal = await openJournal({ dir: join(dataDir(), 'journal') })
    await journal.close()
    const store = openStore({ dataDir: dataDir() })
    await store.whenReady()
    const [stored] = await store.query<{ last: number; sessions: number }>(
      'SELECT max(seq) AS last, uniqExact(sid) AS sessions FROM events',
    )
    await store.close()
    expect(stored?.sessions).toBeGreaterThanOrEqual(reports.size)
    expect(stored?.last).toBeLessThanOrEqual(journal.lastSeq)
    restored = await startServer(dataDir(), settings)
  })

  test('what was closed before has the same reports', async () => {
    await Promise.all(
      [...reports].map(async ([sid, report]) =>
        expect(await reportOf(restored.url, sid, () => true)).toEqual(report),
      ),
    )
  })

  test('what was open before is open, and goes on', async () => {
    const isGoingOn = async (location: string): Promise<void> => {
      const end = eventBody('sessionEnd', Date.now(), 5)
      expect((await post(`${restored.url}${location}/events`, end)).status).toBe(204)
      const report = await reportOf(restored.url, location.split('/').at(-1) ?? '', isClosed, '?events=1')
      expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'play', 'sessionEnd'])
    }
    await Promise.all(open.map(isGoingOn))
  })
})

describe('a restore is refused', () => {
  test('into a folder that is not empty', async () => {
    const { code, err } = await run(join(folder.path, 'data'), 'restore', '--from', backup)
    expect([code, err]).toEqual([1, expect.stringMatching(/is not empty: it has .+\n$/)])
  })

  test.each([
    ['changed', async (path: string) => writeFile(path, '{"format":3,"seq":0,"sessions":0}\n')],
    ['missing', async (path: string) => rm(path)],
  ])('of a backup with a file that is %s, and nothing is written', async (what, damage) => {
    const copy = join(folder.path, `backup-${what}`)
    await cp(backup, copy, { recursive: true, verbatimSymlinks: true })
    await damage(join(copy, 'data/checkpoint.json'))
    const target = join(folder.path, `target-${what}`)
    const { code, err } = await run(target, 'restore', '--from', copy)
    expect([code, err]).toEqual([1, expect.stringContaining('the backup is damaged: checkpoint.json')])
    await expect(readdir(target)).rejects.toThrow('ENOENT')
  })

  test.each([
    ['directly', 'clickhouse', [{ kind: 'link', path: 'clickhouse', to: '../../etc' }]],
    [
      'through a link',
      'd/l/m',
      [
        { kind: 'folder', path: 'd' },
        { kind: 'link', path: 'd/l', to: '..' },
        { kind: 'link', path: 'd/l/m', to: '..' },
      ],
    ],
    [
      'by a link through a link',
      'm',
      [
        { kind: 'folder', path: 'd' },
        { kind: 'link', path: 'd/l', to: '..' },
        { kind: 'link', path: 'm', to: 'd/l/../..' },
      ],
    ],
  ])('of a backup that names places outside of the data folder %s', async (how, path, entries) => {
    const copy = join(folder.path, `backup-misplaced ${how}`)
    await mkdir(copy)
    const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as object
    await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, entries }))
    const target = join(folder.path, `misplaced ${how}`)
    const { code, err } = await run(target, 'restore', '--from', copy)
    expect([code, err]).toEqual([1, expect.stringContaining(`: ${path} would be outside of the data folder`)])
    await expect(readdir(target)).rejects.toThrow('ENOENT')
  })

  test('of what is no backup', async () => {
    const { code, err } = await run(join(folder.path, 'none'), 'restore', '--from', folder.path)
    expect([code, err]).toEqual([1, expect.stringContaining('is no backup that can be read')])
  })

  test('and a folder whose restore was interrupted starts no server', async () => {
    const half = join(folder.path, 'half')
    await mkdir(join(half, 'restoring'), { recursive: true })
    const { code, err } = await run(half)
    expect([code, err]).toEqual([1, expect.stringContaining('was interrupted: empty it and restore again')])
  })
})

test('a backup leaves alone what another is making', async () => {
  const dataDir = join(folder.path, 'busy')
  await mkdir(join(dataDir, 'backup.tmp/data'), { recursive: true })
  await mkdir(join(dataDir, 'journal'))
  const { code, err } = await run(dataDir, 'backup', '--to', join(folder.path, 'busy-backup'))
  expect([code, err]).toEqual([1, expect.stringContaining('backup.tmp is there: a backup is under way')])
  expect(await readdir(join(dataDir, 'backup.tmp'))).toEqual(['data'])
})

test('a backup is refused over another, and of a folder without a journal', async () => {
  expect((await run(join(folder.path, 'data'), 'backup', '--to', backup)).err).toContain('EEXIST')
  expect((await run(folder.path, 'backup', '--to', join(folder.path, 'more'))).err).toContain(
    'there is no journal',
  )
  expect((await run(folder.path, 'backup')).err).toContain('--to is missing')
})
