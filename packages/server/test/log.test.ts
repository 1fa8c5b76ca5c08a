import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventBody, openSession, post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

/** What a person is known by, wherever it is put: as it stands, and as it looks in an URL or in JSON. */
const personal = ['jane.doe@example.com', 'jane.doe%40example.com', 'visitor-4711', '198.51.100.7']

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server
let log = ''

beforeAll(async () => {
  folder = await temporaryDataDir()
  server = await startServer(folder.path, { PLAYHEAD_LOG_LEVEL: 'trace' })
  server.process.stderr?.on('data', (text: string) => (log += text))
})
afterAll(async () => {
  await server.crash()
  await folder.remove()
})

/** The lines so far, each of them JSON. */
function lines(): readonly Readonly<Record<string, unknown>>[] {
  return log
    .slice(0, log.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('every request has a line with an id of its own, and the answer to a refused one has it too', async () => {
  const location = await openSession(server.url, startBody())
  const refused = await post(`${server.url}${location}/events`, '{')
  const id = refused.headers.get('x-request-id')
  const [refusal, answer] = await until('both lines', async () => {
    const own = lines().filter(({ reqId }) => reqId === id)
    return own.length === 2 && own
  })
  expect(refusal).toMatchObject({ level: 20, msg: 'refused', status: 400, codes: ['body_not_json'] })
  expect(answer).toMatchObject({
    level: 20,
    msg: 'answered',
    method: 'POST',
    route: '/api/v1/sessions/:sid/events',
    status: 400,
  })
  const ids = lines().flatMap(({ msg, reqId }) => (msg === 'answered' ? [reqId] : []))
  expect(new Set(ids).size).toBe(ids.length)
})

test('a client cannot choose the id', async () => {
  const answer = await fetch(`${server.url}/nothing`, { headers: { 'x-request-id': 'chosen' } })
  expect(answer.headers.get('x-request-id')).not.toBe('chosen')
})

test('nothing of a person and nothing that was sent gets into the log, not even at trace', async () => {
  const ts = Date.now()
  const params = { 'visitor.marketingCloudUserId': 'visitor-4711', 'media.name': 'jane.doe@example.com' }
  const start = { ...startBody(ts, params), customMetadata: { user: 'jane.doe@example.com' } }
  const location = await openSession(server.url, start)
  const sid = location.split('/').at(-1) ?? ''
  await post(`${server.url}${location}/events`, eventBody('ping', ts, 1))
  await post(`${server.url}${location}/events`, { ...start, customMetadata: { 'jane.doe@example.com': 1 } })
  await post(`${server.url}${location}/events`, '"jane.doe@example.com')
  for (const path of [
    '/jane.doe@example.com',
    `/reporting/v1/sessions?visitor=visitor-4711&search=jane.doe@example.com`,
    `/reporting/v1/sessions/visitor-4711`,
    `/api/v1/schemas/jane.doe@example.com`,
    '/%0a{"level":60,"msg":"forged"}',
    '/%zz?jane.doe@example.com',
    `/${'jane.doe@example.com/'.repeat(300)}`,
  ]) {
    await send(
      `GET ${path} HTTP/1.1\r\nHost: jane.doe@example.com\r\nX-Forwarded-For: 198.51.100.7\r\nConnection: close\r\n\r\n`,
    )
  }
  await send('POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: jane.doe@example.com\r\n\r\n')
  await send('jane.doe@example.com\r\n\r\n')
  // What comes last is the last line.
  const last = await fetch(`${server.url}/last`)
  await until('the last line', async () =>
    lines().some(({ reqId }) => reqId === last.headers.get('x-request-id')),
  )
  expect(lines().length).toBeGreaterThan(15)
  for (const word of [...personal, sid, '127.0.0.1', 'forged', 'x-forwarded-for']) {
    const holding = lines().filter(
      (line) =>
        JSON.stringify(line).toLowerCase().includes(word.toLowerCase()) &&
        // Its own address, from the start.
        line['msg'] !== `Server listening at ${server.url}`,
    )
    expect(holding, `lines with ${word}`).toEqual([])
  }
})

/** Bytes as they are, to the end of the answer. */
async function send(bytes: string): Promise<void> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket
    .on('error', () => {})
    .resume()
    .write(bytes)
  await once(socket, 'close')
}
