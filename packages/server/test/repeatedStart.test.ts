import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

const folder = await temporaryDataDir()
const env = { PLAYHEAD_REORDER_WINDOW_MS: '200' }
let server = await startServer(folder.path, env)
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

const visitor = { 'visitor.marketingCloudUserId': '123' }

/** Open a session from another address of this machine. */
async function openFrom(localAddress: string, body: object): Promise<string> {
  const sent = request(`${server.url}/api/v1/sessions`, { method: 'POST', localAddress })
  sent.end(JSON.stringify(body))
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  expect(answer.statusCode).toBe(201)
  return String(answer.headers.location)
}

test('a player that repeats its start, because no answer came, has one session', async () => {
  const ts = Date.now()
  const start = startBody(ts, visitor)
  const location = await openSession(server.url, start)
  expect(await openSession(server.url, start)).toBe(location)
  const events = `${server.url}${location}/events`
  expect((await post(events, eventBody('play', ts, 0))).status).toBe(204)
  expect((await post(events, eventBody('sessionEnd', ts + 10_000, 10))).status).toBe(204)
  const sid = location.split('/').at(-1) ?? ''
  const report = await reportOf(server.url, sid, isClosed, '?events=1')
  expect(report.diagnostics.filter(({ code }) => code !== 'equal_ts').map(({ code }) => code)).toEqual([
    'start_repeated',
  ])
  expect(report.events?.map(({ eventType }) => eventType)).toEqual([
    'sessionStart',
    'sessionStart',
    'play',
    'sessionEnd',
  ])
  expect(report.contextData['a.media.timePlayed']).toBe(10)
  // The answer to a start that comes behind the end belongs to a viewing of its own.
  expect(await openSession(server.url, start)).not.toBe(location)
})

test('two viewers behind one address, and one visitor at two addresses, have sessions of their own', async () => {
  const unnamed = startBody(Date.now())
  expect(await openFrom('127.0.0.1', unnamed)).not.toBe(await openFrom('127.0.0.1', unnamed))
  const named = startBody(Date.now(), visitor)
  const first = await openFrom('127.0.0.1', named)
  expect(await openFrom('127.0.0.2', named)).not.toBe(first)
  expect(await openFrom('127.0.0.1', { ...named, qoeData: {} })).not.toBe(first)
  expect(await openFrom('127.0.0.1', named)).toBe(first)
})

test('what was repeated before a crash is one session behind it; what is repeated over it are two', async () => {
  const ts = Date.now()
  const start = startBody(ts, visitor)
  const location = await openSession(server.url, start)
  expect(await openSession(server.url, start)).toBe(location)
  await server.crash()
  server = await startServer(folder.path, env)
  expect(await openSession(server.url, start)).not.toBe(location)
  const end = await post(`${server.url}${location}/events`, eventBody('sessionEnd', ts + 1000, 0))
  expect(end.status).toBe(204)
  const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed)
  expect(report.diagnostics.map(({ code }) => code)).toEqual(['start_repeated'])
})
