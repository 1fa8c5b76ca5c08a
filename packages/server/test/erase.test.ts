import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectEmbedded } from '../dist/clickhouse/connectEmbedded.js'
import { eraseSessions } from '../dist/clickhouse/eraseSessions.js'
import {
  eventBody,
  isClosed,
  openSession,
  play,
  post,
  reportOf,
  startBody,
} from '@playhead/testing/player.ts'
import { until } from '@playhead/testing/server/until.ts'
import { runToItsEnd, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

const visitor = 'viewer-7c1f9e-who-wants-to-go'
const other = 'viewer-b02d44-who-stays'
/** As a proxy tells it; a server that is asked at home knows the other one. */
const clientAddress = '203.0.113.77'
const settings = { PLAYHEAD_REORDER_WINDOW_MS: '1000', PLAYHEAD_CHECKPOINT_INTERVAL_S: '1' }

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let out: Awaited<ReturnType<typeof temporaryDataDir>>
/** Sessions of the visitor, by where it is named. */
let theirs: Record<'ecid' | 'customer' | 'escaped' | 'downloaded' | 'open', string>
/** Of somebody else, who has the visitor's id in metadata of their own. */
let mentioning: string
let staying: string
/** Refused bodies with the visitor's id in escapes. */
const escapedRefusals: string[] = []

function erase(...args: readonly string[]): ReturnType<typeof runToItsEnd> {
  return runToItsEnd({ PLAYHEAD_DATA_DIR: folder.path }, 'erase', ...args)
}

/** Texts of the column files as they are: compressed, a byte search of them would find nothing, erased or not. */
async function storeUncompressed(): Promise<void> {
  const server = await startServer(folder.path)
  await reportOf(server.url, await play(server.url, watching({})), isClosed)
  await server.stop()
  const engine = await connectEmbedded(
    join(folder.path, 'clickhouse'),
    () => {},
    new AbortController().signal,
  )
  const columns = await engine.client.query({
    query: `
      SELECT table, arrayStringConcat(groupArray('MODIFY COLUMN ' || name || ' ' || type || ' CODEC(NONE)'), ', ') AS changes
      FROM system.columns
      WHERE database = currentDatabase() AND table != 'migrations' AND type LIKE '%String%'
      GROUP BY table`,
    format: 'JSONEachRow',
  })
  for (const { table, changes } of await columns.json<Record<'table' | 'changes', string>>()) {
    // oxlint-disable-next-line no-await-in-loop -- one statement after the other
    await engine.client.command({ query: `ALTER TABLE ${table} ${changes}` })
  }
  await engine.close()
}

/** Files of the data folder that have the text in their bytes. */
async function filesWith(text: string): Promise<string[]> {
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const contents = await Promise.all(files.map(async (file) => [file, await readFile(file)] as const))
  return contents
    .filter(([, content]) => content.includes(text))
    .map(([file]) => file.slice(folder.path.length + 1))
}

/** A session with an ad, a chapter and an odd event. */
function watching(
  params: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, string>> = {},
) {
  const ts = Date.now() - 60_000
  return [
    { ...startBody(ts, params), customMetadata: metadata },
    eventBody('adBreakStart', ts, 0, { params: { 'media.ad.podIndex': 0, 'media.ad.podSecond': 0 } }),
    eventBody('adStart', ts, 0, {
      params: {
        'media.ad.id': 'ad',
        'media.ad.length': 10,
        'media.ad.podPosition': 1,
        'media.ad.playerName': 'player',
      },
    }),
    eventBody('adComplete', ts + 10_000, 0),
    eventBody('adBreakComplete', ts + 10_000, 0),
    eventBody('chapterStart', ts + 10_000, 0, {
      params: { 'media.chapter.index': 1, 'media.chapter.offset': 0, 'media.chapter.length': 60 },
    }),
    eventBody('play', ts + 10_000, 0),
    eventBody('ping', ts + 20_000, 10, { params: { unheardOf: visitor } }),
    eventBody('chapterComplete', ts + 30_000, 20),
    eventBody('sessionEnd', ts + 30_000, 20),
  ]
}

async function sendAsOne(url: string, list: readonly object[]): Promise<string> {
  const response = await post(`${url}/api/v1/sessions`, list)
  return response.headers.get('location')?.split('/').at(-1) ?? ''
}

async function sendEscaped(url: string): Promise<string> {
  const [start = {}, ...events] = watching({ 'analytics.visitorId': 'VISITOR' })
  const escaped = JSON.stringify(start).replace('VISITOR', `\\u0076${visitor.slice(1)}`)
  const response = await post(`${url}/api/v1/sessions`, escaped)
  const location = response.headers.get('location') ?? ''
  for (const event of events.filter((each) => !JSON.stringify(each).includes(visitor))) {
    // oxlint-disable-next-line no-await-in-loop -- as a player does
    await post(`${url}${location}/events`, event)
  }
  return location.split('/').at(-1) ?? ''
}

beforeAll(async () => {
  folder = await temporaryDataDir()
  out = await temporaryDataDir()
  await storeUncompressed()
  const server = await startServer(folder.path, settings)
  const { url } = server
  const ts = Date.now() - 60_000
  const ecid = { 'visitor.marketingCloudUserId': visitor }
  staying = await play(
    url,
    watching({ 'visitor.marketingCloudUserId': other }).filter(
      (event) => !JSON.stringify(event).includes(visitor),
    ),
  )
  mentioning = await play(url, watching({ 'analytics.aid': other }, { friend: `of ${visitor}` }))
  theirs = {
    ecid: await play(url, watching(ecid)),
    customer: await play(url, watching({ 'visitor.customerIDs': { crm: { id: visitor, authState: 1 } } })),
    escaped: await sendEscaped(url),
    downloaded: await sendAsOne(url, watching({ ...ecid, 'media.downloaded': true })),
    open: (await openSession(url, startBody(ts, { appInstallationId: visitor }))).split('/').at(-1) ?? '',
  }
  await fetch(`${url}/api/v1/sessions/${theirs.open}/events`, {
    method: 'POST',
    headers: { 'x-forwarded-for': clientAddress, forwarded: `for=${clientAddress}` },
    body: JSON.stringify(eventBody('play', ts, 0)),
  })
  const refused = startBody(ts, { 'visitor.marketingCloudUserId': visitor, 'media.length': 'long' })
  expect((await post(`${url}/api/v1/sessions`, refused)).status).toBe(400)
  const hex = (text: string): string =>
    text.replaceAll(/[a-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  for (const body of [
    `{"a":"${hex(visitor)}"`,
    `[{"a" : "x","a":"of ${hex(visitor)}"}]`,
    `id=${hex(visitor)}`,
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- they come in one after the other
    expect((await post(`${url}/api/v1/sessions`, body)).status).toBe(400)
    escapedRefusals.push(body)
  }
  await until('the refusal to be stored', async () =>
    (await (await fetch(`${url}/reporting/v1/refusals`)).text()).includes(visitor),
  )
  await until('the escaped ones, too', async () => {
    const { refusals } = (await (await fetch(`${url}/reporting/v1/refusals`)).json()) as {
      refusals: { body: string }[]
    }
    return escapedRefusals.every((sent) => refusals.some(({ body }) => body === sent))
  })
  for (const [kind, sid] of Object.entries(theirs)) {
    // oxlint-disable-next-line no-await-in-loop -- they come in one after the other
    await reportOf(url, sid, (report) => isClosed(report) === (kind !== 'open'))
  }
  await reportOf(url, mentioning, isClosed)
  await reportOf(url, staying, isClosed)
  await server.stop()
  // As if the store had refused one of their rows, and salvage had kept a segment aside.
  await mkdir(join(folder.path, 'quarantine'))
  const row = { table: 'events', key: 'k', reason: 'r', row: { sid: theirs.ecid } }
  await writeFile(join(folder.path, `quarantine/events-${theirs.ecid}-0123.json`), JSON.stringify(row))
  await mkdir(join(folder.path, 'journal.damaged-20261124'))
  await writeFile(join(folder.path, 'journal.damaged-20261124/1.log'), Buffer.from(theirs.open, 'hex'))
})
afterAll(async () => {
  await folder.remove()
  await out.remove()
})

describe('before', () => {
  test('a byte search finds the visitor in the journal, in the checkpoint, and in the parts of the store', async () => {
    const files = await filesWith(visitor)
    expect(files).toContainEqual(expect.stringMatching(/^journal\//))
    expect(files).toContain('checkpoint.json')
    expect(files).toContainEqual(expect.stringMatching(/^clickhouse\/store\//))
    expect(await filesWith(theirs.ecid)).not.toEqual([])
  })

  test('no address of a client is in any byte of the data folder', async () => {
    expect(await filesWith(clientAddress)).toEqual([])
    expect(await filesWith('127.0.0.1')).toEqual([])
  })

  test.each([
    [['--visitor', visitor, '--check', 'none.json'], 'erase: the receipt none.json cannot be read'],
    [['--visitor', visitor, '--receipt', '/nowhere/receipt.json'], 'erase: the receipt cannot be written'],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await erase(...args)
    expect([code, err]).toEqual([1, expect.stringContaining(message)])
  })
})

describe('playhead erase --visitor', () => {
  let receipt: string

  test('says what it erased, and its receipt names nobody', async () => {
    receipt = join(out.path, 'receipt.json')
    const result = await erase('--visitor', visitor, '--receipt', receipt)
    expect([result.code, result.err]).toEqual([0, ''])
    expect(result.out).toMatch(/^5 sessions erased \(journal 3\d, quarantine 1, checkpoint 1, events \d+, /)
    const text = await readFile(receipt, 'utf8')
    expect(text).not.toContain(visitor)
    // A byte search finds what is not the erasure's to delete; the mention is in the journal.
    expect(result.out).toMatch(/is still in journal\/\d+\.log, journal\.damaged-20261124\/1\.log\n$/)
    await rm(join(folder.path, 'journal.damaged-20261124'), { recursive: true })
    const { places, totals } = JSON.parse(text) as {
      places: Record<string, { before: number; after: number }>
      totals: Record<'before' | 'erased' | 'after', Record<string, number>>
    }
    for (const { before, after } of Object.values(places)) {
      expect(before).toBeGreaterThan(0)
      expect(after).toBe(0)
    }
    for (const [name, before] of Object.entries(totals.before)) {
      expect([name, totals.after[name]]).toEqual([name, before - (totals.erased[name] ?? 0)])
    }
    expect(totals.erased).toMatchObject({ sessions: 5, adStarts: 4, chapterStarts: 4 })
  })

  test('the receipt holds, for that visitor alone', async () => {
    const held = await erase('--visitor', visitor, '--check', receipt)
    expect([held.code, held.err]).toEqual([0, ''])
    expect((await erase('--visitor', other, '--check', receipt)).err).toContain('is about another visitor')
  })

  test('what was refused is gone, also where the id was written in escapes or the body was broken', async () => {
    expect(escapedRefusals.length).toBe(3)
    for (const body of escapedRefusals) {
      // oxlint-disable-next-line no-await-in-loop -- a few hundred files each
      expect(await filesWith(body.slice(0, 60))).toEqual([])
    }
  })

  test('no id of their sessions is in any byte of the data folder', async () => {
    for (const sid of Object.values(theirs)) {
      // oxlint-disable-next-line no-await-in-loop -- a few hundred files each
      expect(await filesWith(sid)).toEqual([])
    }
  })

  test('who only mentions them is left, until asked for too; then no byte search finds the visitor', async () => {
    expect(await filesWith(visitor)).not.toEqual([])
    const second = join(out.path, 'second.json')
    const { out: said } = await erase('--visitor', visitor, '--anywhere', '--receipt', second)
    expect(said).toMatch(/^\d sessions? erased/)
    expect(await filesWith(visitor)).toEqual([])
    expect(await filesWith(other)).not.toEqual([])
  })

  test('the server goes on: reports have the others, and their ids are those of closed sessions', async () => {
    const server = await startServer(folder.path, settings)
    const { contextData } = await reportOf(server.url, staying, isClosed)
    expect(contextData['a.media.timePlayed']).toBe(20)
    expect((await fetch(`${server.url}/reporting/v1/sessions/${theirs.ecid}`)).status).toBe(404)
    const ping = eventBody('ping', Date.now(), 1)
    expect((await post(`${server.url}/api/v1/sessions/${theirs.open}/events`, ping)).status).toBe(410)
    await reportOf(
      server.url,
      await play(server.url, watching({ 'visitor.marketingCloudUserId': visitor })),
      isClosed,
    )
    await server.stop()
    const checked = await erase('--visitor', visitor, '--check', receipt)
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('1 sessions came in since')])
  })

  test('a receipt whose data are back does not hold', async () => {
    const { erasedAt, ...rest } = JSON.parse(await readFile(receipt, 'utf8')) as { erasedAt: string }
    const later = new Date(Date.parse(erasedAt) + 3_600_000).toISOString()
    await writeFile(receipt, JSON.stringify({ ...rest, erasedAt: later }))
    const { code, err } = await erase('--visitor', visitor, '--check', receipt)
    expect([code, err]).toEqual([1, expect.stringContaining('1 sessions from before')])
  })
})

test('nothing is erased while a backup holds what would go', async () => {
  const stage = join(folder.path, 'backup.tmp')
  await mkdir(stage)
  const { code, err } = await erase('--session', staying, '--receipt', join(out.path, 'session.json'))
  expect([code, err]).toEqual([1, expect.stringContaining('backup.tmp is there: a backup is under way')])
  await rmdir(stage)
})

test('one session alone is erased by its id', async () => {
  expect(await filesWith(staying)).not.toEqual([])
  const result = await erase('--session', staying, '--receipt', join(out.path, 'session.json'))
  expect(result.out).toMatch(/^1 session erased/)
  expect(await filesWith(staying)).toEqual([])
})

test.each([
  ['--visitor', 'nobody-knows-this-one', '; --anywhere looks for it in all their events, too'],
  ['--session', '0'.repeat(64), ''],
])('nothing that is found of a %s is said so, with an exit code of its own', async (kind, id, more) => {
  const path = join(out.path, `nothing${kind}.json`)
  const result = await erase(kind, id, '--receipt', path)
  expect([result.code, result.err]).toEqual([67, ''])
  expect(result.out).toContain(`with this id, and nothing erased${more}; `)
  const receipt = JSON.parse(await readFile(path, 'utf8')) as { sessions: number }
  expect(receipt.sessions).toBe(0)
})

test('where it fails, the tables keep the pace of cleaning up that they had', async () => {
  const engine = await connectEmbedded(
    join(folder.path, 'clickhouse'),
    () => {},
    new AbortController().signal,
  )
  const tableSql = async (): Promise<unknown> =>
    (await engine.client.query({ query: 'SHOW CREATE TABLE refusals', format: 'JSONEachRow' })).json()
  const before = await tableSql()
  await engine.client.command({ query: 'RENAME TABLE ads TO elsewhere' })
  await expect(eraseSessions(engine.client, { sids: [staying], refusals: [] })).rejects.toThrow(/\bads\b/)
  expect(await tableSql()).toEqual(before)
  await engine.close()
})
