import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openQuarantine } from '../dist/projection/quarantine.js'
import { emptyBatch, put } from '../dist/projection/batch.js'
import { insertBatch } from '../dist/projection/insertBatch.js'
import { insertSound, type KeyedRow, type OnFailure } from '../dist/projection/insertSound.js'
import type { Kept } from '../dist/projection/quarantine.js'
import { sampleRow } from '../dist/projection/sampleRow.js'
import { EmbeddedProcess } from '../dist/clickhouse/embeddedProcess.js'
import { encodeRow, rowMaxBytes } from '../dist/clickhouse/encodeRow.js'
import { openStore } from '../dist/clickhouse/openStore.js'
import {
  eventBody,
  isClosed,
  openSession,
  play,
  post,
  reportOf,
  startBody,
} from '@playhead/testing/player.ts'
import { type Server, startServer } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

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
    // Until its row is stored a session is reported by the events that are: of the poisoned one, without the one in quarantine.
    await until('the store to catch up', async () => (await readyz()).storeLagRecords === 0)
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
    const rows = Array.from({ length: 3000 }, (_, seq) =>
      row(seq, [7, 2024, 2999].includes(seq) ? { body: null } : {}),
    )
    const refused = await insertSound(store, 'events', rows, 'thousands')
    expect(refused.map(({ key }) => key)).toEqual(['7', '2024', '2999'])
    expect(await store.query('SELECT count() AS count FROM events')).toEqual([{ count: 2997 }])

    // A session of which nothing is right is refused whole, without trying each of its rows.
    const misfits = Array.from({ length: 500 }, (_, seq) => row(seq, { body: null }))
    expect(await insertSound(store, 'events', misfits, 'misfits')).toHaveLength(500)
    const strangers = Array.from({ length: 3 }, (_, seq) => row(seq, { colour: 'red' }))
    await expect(insertSound(store, 'events', strangers, 'strangers')).rejects.toMatchObject({ code: '117' })

    const quarantine = await openQuarantine(folder(), () => {})
    for (const each of refused) await quarantine.keep(each)
    expect(await quarantine.release(store)).toBe(0)
    expect((await openQuarantine(folder(), () => {})).rows).toBe(3)
    await store.close()

    await inStore('ALTER TABLE events ADD CONSTRAINT closed CHECK seq < 0')
    const closed = openStore({ dataDir })
    await closed.whenReady()
    await expect(insertSound(closed, 'events', rows.slice(10, 500), 'closed')).rejects.toMatchObject({
      name: 'RowsRefused',
    })
    await closed.close()
  })

  test('are found, too, when the store does not say that they are wrong, but takes all others', async () => {
    const store = openStore({ dataDir })
    await store.whenReady()
    await store.close()
    // What ClickHouse answers is none of the errors that are of values.
    await inStore("ALTER TABLE events ADD CONSTRAINT bomb CHECK throwIf(position(body, 'bomb') > 0) = 0")
    const mined = openStore({ dataDir })
    await mined.whenReady()
    const rows = Array.from({ length: 100 }, (_, seq) => row(seq, seq === 61 ? { body: 'a bomb' } : {}))
    const failures: string[] = []
    const onFailure: OnFailure = async (error, table) => {
      failures.push(String(error))
      await mined.probe(table, sampleRow(table))
      return true
    }
    const refused = await insertSound(mined, 'events', rows, '1-100', onFailure)
    expect(refused).toMatchObject([{ key: '61', table: 'events', batch: '1-100' }])
    expect(await mined.query('SELECT count() AS count FROM events')).toEqual([{ count: 99 }])
    // All of them together five times, each half that has it once, at last the row three times.
    expect(failures).toHaveLength(5 + 6 + 3)
    expect(failures[0]).toContain('1-100 into events')
    expect(failures.join()).not.toContain('a bomb')
    await mined.close()
  })

  test('are none while the store is away, or takes no other rows', async () => {
    const store = openStore({ dataDir })
    await store.whenReady()
    let fails = 0
    const onFailure: OnFailure = async () => {
      fails += 1
      if (fails > 50) throw new Error('enough')
      // The store has proved nothing.
      return false
    }
    await store.close()
    await expect(insertSound(store, 'events', [row(1)], '1-2', onFailure)).rejects.toThrow('enough')
  })

  test('are those, too, that are too large to be sent', async () => {
    const store = openStore({ dataDir })
    await store.whenReady()
    const batch = emptyBatch(1)
    const event = { sid: anySid, received_at: 0, ts: 0, event_type: 'ping', playhead: 0 }
    put(batch, 'events', 'large', { ...event, seq: 1, body: 'x'.repeat(rowMaxBytes) })
    put(batch, 'events', 'sound', { ...event, seq: 2, body: '{}' })
    put(batch, 'events', 'odd', { ...event, seq: 3, body: 1n })
    const kept: Kept[] = []
    const quarantine = await openQuarantine(folder(), (each) => kept.push(each))
    await insertBatch(store, batch, { kind: 'clock', seq: 4, receivedAtMs: 0 }, quarantine)
    expect(await store.query('SELECT seq FROM events')).toEqual([{ seq: 2 }])
    expect(kept).toMatchObject([
      { table: 'events', session: anySid, batch: '1-4', code: 'ROW_TOO_LARGE' },
      { table: 'events', session: anySid, batch: '1-4', code: 'ROW_NOT_JSON' },
    ])
    expect(await quarantine.release(store)).toBe(0)
    expect(quarantine.rows).toBe(2)
    await store.close()
  })
})

const anySid = 'a'.repeat(64)

function row(seq: number, otherwise: object = {}): KeyedRow {
  const sound = { sid: anySid, seq, received_at: 0, ts: 0, event_type: 'ping', playhead: 0, body: '{}' }
  return { key: String(seq), sid: anySid, line: encodeRow({ ...sound, ...otherwise }) }
}

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
