import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { beginJournalAt } from '../dist/log/beginJournalAt.js'
import {
  eventBody,
  isClosed,
  openSession,
  play,
  post,
  reportOf,
  startBody,
} from '@playhead/testing/player.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const settings = {
  PLAYHEAD_LOG_LEVEL: 'error',
  PLAYHEAD_REORDER_WINDOW_MS: '0',
  PLAYHEAD_JOURNAL_KEEP_BYTES: '0',
}

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
beforeEach(async () => {
  folder = await temporaryDataDir()
})
afterEach(() => folder.remove())

const inFolder = (...names: string[]): string => join(folder.path, ...names)
const salvage = (...args: string[]) => runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'salvage', ...args)
const startRefused = (): Promise<string> =>
  startServer(folder.path, settings).then(
    () => 'it started',
    (error: Error) => error.message,
  )

/** A server that took a session of three events and was killed before any of it was checkpointed. */
async function crashedServer(): Promise<{ location: string; ts: number }> {
  const server = await startServer(folder.path, settings)
  const ts = Date.now()
  const location = await openSession(server.url, startBody(ts))
  for (const second of [1, 2]) {
    const response = await post(
      `${server.url}${location}/events`,
      eventBody('play', ts + second * 1000, second),
    )
    expect(response.status).toBe(204)
  }
  await server.crash()
  return { location, ts }
}

test('a damaged record stops the start; after salvage all others are there, and what is lost was told', async () => {
  const { location, ts } = await crashedServer()
  const segment = inFolder('journal', '0000000000000001.log')
  const damaged = await readFile(segment)
  const at = damaged.indexOf('"play"')
  await writeFile(segment, damaged.fill(0, at, at + 4))
  const before = await startRefused()
  const [, seq] = /journal damaged: record (\d+) in \S+ at byte \d+: the checksum differs/.exec(before) ?? []
  expect(before).toContain('playhead salvage')

  const look = await salvage('--dry-run')
  expect(look).toMatchObject({ code: 0, err: '' })
  expect(look.out).toContain(`LOST: record ${seq}. They had been acknowledged.\nNothing was changed.\n`)
  expect(await startRefused()).toBe(before)

  const { code, out } = await salvage()
  expect(code).toBe(0)
  expect(out).toMatch(new RegExp(`damaged: \\d+ bytes from byte \\d+ on\n {2}lost: record ${seq}\n`))
  const aside = (await readdir(folder.path)).find((name) => name.startsWith('journal.damaged-')) ?? ''
  expect(out).toContain(`The damaged files are kept in ${inFolder(aside)}.`)
  expect(await readFile(inFolder(aside, '0000000000000001.log'))).toEqual(damaged)

  const server = await startServer(folder.path, settings)
  await post(`${server.url}${location}/events`, eventBody('sessionEnd', ts + 5000, 5))
  const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed, '?events=1')
  expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'play', 'sessionEnd'])
  expect(report.contextData['a.media.timePlayed']).toBe(3)
  await server.crash()
  expect((await salvage()).out).toMatch(/^The journal is sound: \d+ records.\n$/)
})

test('a damaged checkpoint is moved aside, and the journal is read from its first record', async () => {
  const server = await startServer(folder.path, settings)
  const sid = await play(server.url, [startBody(), eventBody('play', Date.now(), 0)])
  await server.stop()
  await writeFile(inFolder('checkpoint.json'), '{"format":')
  expect(await startRefused()).toContain('The command playhead salvage moves it aside.')
  const { code, out } = await salvage()
  expect(code).toBe(0)
  expect(out).toContain('the next start reads it from the beginning')
  const again = await startServer(folder.path, settings)
  const ping = await post(`${again.url}/api/v1/sessions/${sid}/events`, eventBody('ping', Date.now(), 1))
  expect(ping.status).toBe(204)
  await again.crash()
})

test('a journal whose end is lost goes on behind all that was stored', async () => {
  const server = await startServer(folder.path, settings)
  // A stop waits for the store, but not for as long as its tables take on a laden machine; then it leaves no checkpoint.
  await until('the store', async () => {
    const health = (await (await fetch(`${server.url}/readyz`)).json()) as { store: string }
    return health.store === 'ready'
  })
  const open = await openSession(server.url)
  await server.stop()
  const [head = ''] = (await readFile(inFolder('checkpoint.json'), 'utf8')).split('\n')
  // Behind its checksum.
  const { seq } = JSON.parse(head.slice(head.indexOf('{'))) as { seq: number }
  await rm(inFolder('journal'), { recursive: true })
  expect(await startRefused()).toContain('has no segment file')
  await rm(inFolder('journal'), { recursive: true })
  expect((await salvage()).err).toContain('there is no journal')
  expect(await startRefused()).toContain('has no segment file')
  const { code, out } = await salvage()
  expect(code).toBe(0)
  expect(out).toContain('the end of the journal is lost')

  const again = await startServer(folder.path, settings)
  const response = await post(`${again.url}${open}/events`, eventBody('sessionEnd', Date.now(), 1))
  expect(response.status).toBe(204)
  const sid = open.split('/').at(-1) ?? ''
  const report = await reportOf(again.url, sid, isClosed, '?events=1')
  expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'sessionEnd'])
  expect(report.events?.[1]?.seq).toBeGreaterThan(seq)
  await again.crash()
})

test('without a checkpoint, a journal whose beginning was cut is left to rebuild', async () => {
  const server = await startServer(folder.path, settings)
  await play(server.url, [startBody()])
  await server.stop()
  await rm(inFolder('checkpoint.json'))
  const cut = { dir: inFolder('journal'), asideDir: inFolder('aside'), firstSeq: 50, notBeforeMs: 0 }
  await beginJournalAt(cut)
  const { code, out } = await salvage()
  expect(code).toBe(0)
  expect(out).toContain('checkpoint.json is missing.\nThe journal begins at record 50: run playhead rebuild')
  expect(out).not.toContain('LOST')
  expect(await readdir(folder.path)).not.toContain('checkpoint.json')
})

test('it is refused, in one line, with an option that there is none of', async () => {
  const { code, err } = await salvage('--force')
  expect(code).toBe(1)
  expect(err).toBe("playhead: salvage: Unknown option '--force'; see playhead help\n")
})
