import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InstrumentationHealth } from '../../src/reports/health.ts'
import { eventBody, isClosed, play, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

async function healthOf(range: string): Promise<InstrumentationHealth> {
  return (await (
    await fetch(`${server.url}/reporting/v1/diagnostics${range}`)
  ).json()) as InstrumentationHealth
}

test('the score is the share of sessions without any but harmless warnings', async () => {
  const ts = Date.now()
  const at = (s: number, type: string, playhead: number, members = {}) =>
    eventBody(type, ts + s * 1000, playhead, members)
  const ended = at(20, 'sessionEnd', 20)
  const adOutside = at(5, 'adComplete', 5)
  /** Player, version, and what comes between `play` and `sessionEnd`. */
  const sessions: readonly (readonly [string, string, readonly object[]])[] = [
    ['good', '1', [at(10, 'ping', 10)]],
    // Equal times are what SDKs do on purpose.
    ['good', '1', [at(10, 'ping', 10), at(10, 'ping', 10, { qoeData: { 'media.qoe.bitrate': 3000 } })]],
    ['good', '2', []],
    ['odd', '1', [at(10, 'ping', 10)]],
    ['odd', '1', [adOutside]],
    ['odd', '1', [adOutside, at(6, 'adSkip', 6), at(7, 'chapterComplete', 7)]],
    ['odd', '1', [at(10, 'ping', 10)]],
  ]
  const sids: string[] = []
  for (const [player, version, between] of sessions) {
    const start = startBody(ts, { 'media.playerName': player, 'media.sdkVersion': version })
    // oxlint-disable-next-line no-await-in-loop -- the ids are to be in this order
    sids.push(await play(server.url, [start, at(1, 'play', 1), ...between, ended]))
  }
  for (const sid of sids) await reportOf(server.url, sid, isClosed)
  // Of a session that is over nobody knows the player by heart any more.
  sids.push(await play(server.url, [startBody(ts, { 'media.playerName': 'late' }), at(1, 'play', 1), ended]))
  await reportOf(server.url, sids.at(-1) ?? '', isClosed)
  await post(
    `${server.url}/api/v1/sessions/${sids.at(-1)}/events`,
    at(21, 'sessionComplete', 20, { params: { 'my.key': 1 } }),
  )
  const { players, warnings } = await until('all warnings', async () => {
    const health = await healthOf('')
    return health.warnings.some(({ code }) => code === 'unknown_key') && health
  })
  expect(players).toEqual([
    { playerName: 'odd', appVersion: '1', sessions: 4, soundSessions: 2, score: 0.5 },
    { playerName: 'good', appVersion: '1', sessions: 2, soundSessions: 2, score: 1 },
    { playerName: 'good', appVersion: '2', sessions: 1, soundSessions: 1, score: 1 },
    { playerName: 'late', appVersion: null, sessions: 1, soundSessions: 0, score: 0 },
  ])
  const told = warnings.map(({ code, playerName, events, sessions: count, exampleSid }) => [
    code,
    playerName,
    events,
    count,
    sids.indexOf(exampleSid),
  ])
  expect(told).toEqual([
    ['ad_end_without_ad', 'odd', 3, 2, 5],
    ['chapter_end_without_chapter', 'odd', 1, 1, 5],
    ['unknown_key', 'late', 1, 1, 7],
    ['equal_ts', 'good', 1, 1, 1],
  ])
  expect(warnings.every(({ exampleMessage }) => exampleMessage.length > 10)).toBe(true)
  expect(warnings.map(({ exampleHint }) => exampleHint)).toEqual([
    expect.stringContaining('Send adStart when an ad begins'),
    expect.stringContaining('Send chapterStart when a chapter begins'),
    expect.stringContaining('customMetadata'),
    expect.stringContaining('add a millisecond'),
  ])
  expect(await healthOf('?to=2001-01-01T00:00:00Z')).toEqual({ players: [], warnings: [] })
})
