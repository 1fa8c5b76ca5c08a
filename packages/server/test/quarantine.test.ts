import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openQuarantine } from '../dist/processor/quarantine.js'
import { insertSound } from '../dist/processor/insertSound.js'
import { EmbeddedProcess } from '../dist/store/embeddedProcess.js'
import { openStore } from '../dist/store/openStore.js'
import { eventBody, isClosed, openSession, play, post, reportOf, startBody } from './support/player.ts'
import { type Server, startServer } from './support/startServer.ts'
import { until } from './support/until.ts'

// The real engine refuses rows here, by a constraint on its table or for what they are.

let dataDir: string
let server: Server | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-quarantine-'))
})
afterEach(async () => {
  await server?.crash()
  server = undefined
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const settings = { PLAYHEAD_REORDER_WINDOW_MS: '0', PLAYHEAD_LOG_LEVEL: 'error' }
const folder = (): string => join(dataDir, 'quarantine')

/** Run a statement in the stopped server's store. */
async function inStore(sql: string): Promise<void> {
  const engine = new EmbeddedProcess(join(dataDir, 'clickhouse'), () => {})
  await engine.opened
  await engine.run({ lane: 'write', set: '', sql })
  await engine.close()
}

async function start(): Promise<Server> {
  server = await startServer(dataDir, settings)
  return server
}

async function readyz(): Promise<{ quarantinedRows: number; storeLagRecords: number; store: string }> {
  return (await (await fetch(`${server?.url}/readyz`)).json()) as Awaited<ReturnType<typeof readyz>>
}

describe('rows that the store refuses for ever', () => {
  test('wait in quarantine, and hold nothing up; another start offers them again', async () => {
    await start()
    await until('the store', async () => (await readyz()).store === 'ready')
    await server?.stop()
    await inStore("ALTER TABLE events ADD CONSTRAINT no_poison CHECK position(body, 'poison') = 0")

    const { url } = await start()
    const ts = Date.now()
    const session = (id: string, poison: string) => [
      startBody(ts, { 'media.id': id }),
      eventBody('play', ts + 1000, 1, { customMetadata: { word: poison } }),
      eventBody('sessionEnd', ts + 9000, 9),
    ]
    const [poisoned, sound] = await Promise.all([
      play(url, session('one', 'poison')),
      play(url, session('two', 'honey')),
    ])
    // Both sessions were judged by all of their events; of the poisoned one the archive lacks one.
    for (const [sid, eventCount] of [
      [poisoned, 2],
      [sound, 3],
    ] as const) {
      const report = await reportOf(url, sid, isClosed, '?events=1')
      expect(report.contextData['a.media.timePlayed']).toBe(8)
      expect(report.events).toHaveLength(eventCount)
    }
    expect(await readyz()).toMatchObject({ quarantinedRows: 1 })
    const [file = '', ...others] = await readdir(folder())
    expect(others).toEqual([])
    expect(file).toMatch(`events-${poisoned}-`)
    const kept = JSON.parse(await readFile(join(folder(), file), 'utf8')) as Record<string, unknown>
    expect(kept).toMatchObject({ table: 'events', row: { sid: poisoned, event_type: 'play' } })
    expect(kept['reason']).toContain('no_poison')

    // After a crash the journal is stored again: the row takes the place it has.
    await server?.crash()
    await start()
    await until('the store to catch up', async () => (await readyz()).storeLagRecords === 0)
    expect(await readyz()).toMatchObject({ quarantinedRows: 1 })
    expect(await readdir(folder())).toEqual([file])

    await server?.stop()
    await inStore('ALTER TABLE events DROP CONSTRAINT no_poison')
    const again = await start()
    await until('the row to be taken', async () => (await readyz()).quarantinedRows === 0)
    expect(await readdir(folder())).toEqual([])
    const report = await reportOf(again.url, poisoned, isClosed, '?events=1')
    expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'play', 'sessionEnd'])
  })

  test('are found among thousands, and of a table that takes nothing none is set aside', async () => {
    const store = openStore({ dataDir })
    await store.whenReady()
    const rows = Array.from({ length: 3000 }, (_, seq) => {
      const row = {
        sid: 'a'.repeat(64),
        seq,
        received_at: 0,
        ts: 0,
        event_type: 'ping',
        playhead: 0,
        body: '{}',
      }
      return { key: String(seq), row: [7, 2024, 2999].includes(seq) ? { ...row, body: null } : row }
    })
    const refused = await insertSound(store, 'events', rows, 'thousands')
    expect(refused.map(({ key }) => key)).toEqual(['7', '2024', '2999'])
    expect(await store.query('SELECT count() AS count FROM events')).toEqual([{ count: 2997 }])

    const misfits = rows.slice(0, 500).map(({ key, row }) => ({ key, row: { ...row, body: null } }))
    await expect(insertSound(store, 'events', misfits, 'misfits')).rejects.toMatchObject({
      name: 'RowsRefused',
    })
    const strangers = rows.slice(0, 3).map(({ key, row }) => ({ key, row: { ...row, colour: 'red' } }))
    await expect(insertSound(store, 'events', strangers, 'strangers')).rejects.toMatchObject({ code: '117' })

    const quarantine = await openQuarantine(folder(), () => {})
    for (const row of refused) await quarantine.keep(row)
    expect(await quarantine.release(store)).toBe(0)
    expect((await openQuarantine(folder(), () => {})).rows).toBe(3)
    await store.close()
  })
})

test('downloaded sessions of more than a hundred months in one batch are stored', async () => {
  const { url } = await start()
  const sids = await Promise.all(
    Array.from({ length: 130 }, async (_, month) => {
      const ts = Date.UTC(2010, month, 3)
      const list = [
        startBody(ts, { 'media.downloaded': true }),
        eventBody('play', ts, 0),
        eventBody('sessionComplete', ts + 5000, 5),
      ]
      const response = await post(`${url}/api/v1/downloaded`, list)
      return response.headers.get('location')?.split('/').at(-1) ?? ''
    }),
  )
  await openSession(url)
  for (const sid of sids.slice(-3)) await reportOf(url, sid, isClosed)
  await until('the store to catch up', async () => (await readyz()).storeLagRecords === 0)
})
