import { expect, onTestFinished, test } from 'vitest'
import { startApp } from '../dist/app.js'
import { readConfig } from '../dist/config.js'
import { type Hooks, hookedFiles } from './journal/hookedFiles.ts'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

/** The whole server, but for a disk under its journal that does what `hooks` say. */
async function serverOn(hooks: Hooks, env: Readonly<Record<string, string>> = {}) {
  const { path, remove } = await temporaryDataDir()
  const config = readConfig({
    PLAYHEAD_DATA_DIR: path,
    PLAYHEAD_PORT: '0',
    PLAYHEAD_LOG_LEVEL: 'silent',
    PLAYHEAD_REORDER_WINDOW_MS: '0',
    ...env,
  })
  const app = await startApp(config, { journalFiles: hookedFiles(hooks) })
  onTestFinished(async () => {
    await app.stop()
    await remove()
  })
  return app
}

const failing = (code: string) => () =>
  Promise.reject(Object.assign(new Error(`${code}: what the disk says`), { code }))

async function readyz(url: string): Promise<{ status: number; journal: string; journalDetail?: string }> {
  const response = await fetch(`${url}/readyz`)
  return { ...((await response.json()) as { journal: string }), status: response.status }
}

/** The code of a 503, which has to say when to come again. */
async function unavailableCode(response: Response): Promise<string | undefined> {
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('1')
  const { errors } = (await response.json()) as { errors: { code: string }[] }
  return errors[0]?.code
}

test.each(['ENOSPC', 'EDQUOT'])(
  'a full disk (%s) is answered 503 until there is room, and nothing is lost',
  async (code) => {
    const hooks: Hooks = {}
    const { url } = await serverOn(hooks)
    const ts = Date.now()
    const location = await openSession(url, startBody(ts))
    const play = eventBody('play', ts + 1000, 1)
    hooks.write = failing(code)
    expect(await unavailableCode(await post(`${url}${location}/events`, play))).toBe('log_full')
    expect(await unavailableCode(await post(`${url}/api/v1/sessions`, startBody(ts)))).toBe('log_full')
    expect(await readyz(url)).toMatchObject({
      status: 503,
      journal: 'full',
      journalDetail: `${code}: what the disk says`,
    })

    // Nobody sends anything: the log's clock finds out.
    delete hooks.write
    await until('the journal to take events', async () => (await readyz(url)).status === 200)
    expect((await post(`${url}${location}/events`, play)).status).toBe(204)
    await post(`${url}${location}/events`, eventBody('sessionEnd', ts + 3000, 3))
    const sid = location.split('/').at(-1) ?? ''
    const report = await reportOf(url, sid, isClosed, '?events=1')
    expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'play', 'sessionEnd'])
  },
)

test.each([
  ['datasync', 'EIO'],
  ['datasync', 'ENOSPC'],
  ['write', 'EIO'],
] as const)('a failed %s (%s) is answered 503, and ends the server', async (call, code) => {
  const hooks: Hooks = {}
  const { url, failed } = await serverOn(hooks)
  const ended = failed.catch((error: unknown) => error)
  await openSession(url)
  hooks[call] = failing(code)
  expect(await unavailableCode(await post(`${url}/api/v1/sessions`, startBody()))).toBe('log_unavailable')
  delete hooks[call]
  expect(await unavailableCode(await post(`${url}/api/v1/sessions`, startBody()))).toBe('log_unavailable')
  expect(await readyz(url)).toMatchObject({ status: 503, journal: 'failed' })
  expect(await ended).toMatchObject({ name: 'JournalFailed' })
})

test('a journal that has reached its bound is answered 503, and takes events again when the store has caught up', async () => {
  const boundBytes = 64 * 1024 ** 2
  const { url } = await serverOn(
    {},
    {
      PLAYHEAD_JOURNAL_MAX_BYTES: String(boundBytes),
      PLAYHEAD_CHECKPOINT_INTERVAL_S: '1',
      PLAYHEAD_DOWNLOAD_BODY_MAX_BYTES: '16777216',
      PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '0',
    },
  )
  const ts = Date.now() - 86_400_000
  // As many texts and events as it takes, each within its own limit.
  const customMetadata = Object.fromEntries(
    Array.from({ length: 3 }, (_, index) => [`filler_${index}`, 'x'.repeat(16_000)]),
  )
  const large = Array.from({ length: 320 }, (_, index) => ({
    ...eventBody('ping', ts + index, 0),
    customMetadata,
  }))
  let response: Response
  let count = 0
  do {
    const start = startBody(ts, { 'media.downloaded': true, 'media.id': `content ${count++}` })
    response = await post(`${url}/api/v1/downloaded`, [start, ...large])
  } while (response.status === 201 && count < 20)
  expect(await unavailableCode(response)).toBe('log_full')
  const { journal, journalBacklogBytes, journalDetail } = (await readyz(url)) as unknown as {
    journal: string
    journalBacklogBytes: number
    journalDetail: string
  }
  expect(journal).toBe('full')
  expect(journalDetail).toContain(String(boundBytes))
  expect(journalBacklogBytes).toBeLessThan(boundBytes + 17 * 1024 ** 2)
  await until('the store to catch up', async () => (await readyz(url)).journal === 'ok')
  await openSession(url)
})
