import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isClosed, type Report, reportOf } from '@playhead/testing/player.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

/** Data folders as versions of Playhead left them, oldest first; `fixtures/makeDataFolder.ts` made them. */
const versions = ['data-folder-2026-11-20', 'data-folder-2026-11-24']
/** So that the open session's time has run out, also of a fixture that was just made. */
const settings = {
  PLAYHEAD_SESSION_STILL_TIMEOUT_S: '1',
  PLAYHEAD_SESSION_GRACE_S: '0',
  PLAYHEAD_REORDER_WINDOW_MS: '1000',
}
const fixtures = join(import.meta.dirname, 'fixtures')

interface Expected {
  /** Of the sessions that were closed, as the version that closed them reported it. */
  readonly reports: readonly Report[]
  /** Id of one that was open: 20 s had been played, then it was paused. */
  readonly open: string
}

let remove: () => Promise<void> = async () => {}
afterEach(() => remove())

async function unpack(version: string): Promise<{ path: string } & Expected> {
  const folder = await temporaryDataDir()
  remove = folder.remove
  execFileSync('tar', ['-xzf', join(fixtures, `${version}.tar.gz`), '-C', folder.path])
  return {
    path: folder.path,
    ...(JSON.parse(await readFile(join(fixtures, `${version}.json`), 'utf8')) as Expected),
  }
}

describe.each(versions)('%s', (version) => {
  test('is taken over: its reports are the same, and the session that was open goes on', async () => {
    const { path, reports, open } = await unpack(version)
    const server = await startServer(path, settings)
    for (const report of reports) {
      expect(await reportOf(server.url, report.session.id, () => true)).toMatchObject(report)
    }
    const { session, contextData } = await reportOf(server.url, open, isClosed)
    expect(session.closeCause).toBe('still')
    expect(contextData).toMatchObject({ 'a.media.timePlayed': 20, 'a.media.pauseCount': 1 })
    expect(await server.stop()).toBe(0)
  })

  test('is brought up to what is stored today by reprocessing it', async () => {
    const { path, reports, open } = await unpack(version)
    const server = await startServer(path, settings)
    await reportOf(server.url, open, isClosed)
    await server.stop()
    const env = { PLAYHEAD_DATA_DIR: path, ...settings }
    const run = (...args: readonly string[]) =>
      runToItsEnd(env, 'reprocess', '--from', '2026-01-01', '--to', '2100-01-01', ...args)
    const { code, out, err } = await run()
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`${reports.length + 1} closed sessions`)
    expect((await run('--dry-run')).out).toContain(' 0 would change')
  })
})

test('ads of sessions that were stored before count at the start of their session', async () => {
  const { path, reports } = await unpack('data-folder-2026-11-20')
  const ads = reports.flatMap((report) => report.ads).length
  expect(ads).toBeGreaterThan(0)
  const server = await startServer(path, settings)
  await reportOf(server.url, reports[0]?.session.id ?? '', isClosed)
  const response = await fetch(`${server.url}/reporting/v1/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      metrics: ['adStarts'],
      from: '2026-11-20',
      to: '2026-12-01',
    }),
  })
  expect(await response.json()).toMatchObject({ rows: [{ metrics: { adStarts: ads } }] })
  await server.stop()
})
