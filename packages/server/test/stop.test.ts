import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>
let server: Server

beforeEach(async () => {
  folder = await temporaryDataDir()
})
afterEach(async () => {
  await server.crash()
  await folder.remove()
})

test('SIGTERM under load: nothing is answered 5xx, and all that was acknowledged is there', async () => {
  server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
  const ts = Date.now()
  const agent = new Agent({ keepAlive: true })
  const statuses = new Map<number, number>()
  const players = await Promise.all(
    Array.from({ length: 32 }, async () => ({
      path: await openSession(server.url, startBody(ts)),
      taken: 0,
    })),
  )
  const playing = players.map(async (player) => {
    for (let count = 1; ; count += 1) {
      const body = JSON.stringify(eventBody('ping', ts + count * 10, count / 100))
      // One that comes as its idle connection is closed is reset unread: not taken, and not answered.
      const status = await postOn(agent, `${server.url}${player.path}/events`, body).catch(() => undefined)
      if (status === undefined) return
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 204) player.taken += 1
    }
  })
  await until('some events', async () => players.every(({ taken }) => taken > 20))
  expect(await server.stop()).toBe(0)
  await Promise.all(playing)
  agent.destroy()
  expect([...statuses.keys()]).toEqual([204])

  server = await startServer(folder.path)
  for (const { path, taken } of players) {
    const isThere = ({ events = [] }: { readonly events?: readonly unknown[] }): boolean =>
      events.length === taken + 1 || events.length === taken + 2
    await reportOf(server.url, path.split('/').at(-1) ?? '', isThere, '?events=1')
  }
})

test('a request that is under way is answered, and told that the connection ends', async () => {
  server = await startServer(folder.path)
  const agent = new Agent({ keepAlive: true })
  const pending = await beginStart(agent)
  const exited = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  await until(
    'the door to be closed',
    async () => (await fetch(`${server.url}/healthz`).catch(() => undefined)) === undefined,
  )
  pending.end(JSON.stringify(startBody()))
  const [answer] = (await once(pending, 'response')) as [IncomingMessage]
  answer.resume()
  expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close'])
  expect(await exited).toEqual([0, null])
})

test('during the warning requests are taken, and /readyz tells a load balancer to turn away', async () => {
  server = await startServer(folder.path, { PLAYHEAD_STOP_NOTICE_S: '2' })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  const exited = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  const answer = await until('the warning', async () => {
    const ready = await fetch(`${server.url}/readyz`)
    return ready.status === 503 && ready
  })
  expect(await answer.json()).toMatchObject({ status: 'stopping', journal: 'ok' })
  expect((await post(`${server.url}/api/v1/sessions`, startBody())).status).toBe(201)
  expect(await exited).toEqual([0, null])
})

test.each([
  ['while it opens', async () => {}],
  [
    'when it is ready',
    async () => {
      await until('the store', async () => (await fetch(`${server.url}/reporting/v1/sessions`)).ok)
    },
  ],
])(
  'neither a client that never finishes nor an engine that hangs %s holds up the stop',
  async (_, untilThen) => {
    server = await startServer(folder.path)
    const path = await openSession(server.url)
    const pending = await beginStart(new Agent())
    await untilThen()
    process.kill(await engineOf(server), 'SIGSTOP')
    expect((await post(`${server.url}${path}/events`, eventBody('ping', Date.now(), 1))).status).toBe(204)
    expect(await server.stop()).toBe(0)
    pending.destroy()

    server = await startServer(folder.path)
    const isThere = ({ events = [] }: { readonly events?: readonly unknown[] }): boolean =>
      events.length === 2
    await reportOf(server.url, path.split('/').at(-1) ?? '', isThere, '?events=1')
  },
)

test('SIGTERM while the longest list is being applied is obeyed, and the list is stored whole after the next start', async () => {
  server = await startServer(folder.path, { PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '0' })
  const ts = Date.now() - 86_400_000
  const count = 90_000
  const list = [startBody(ts, { 'media.downloaded': true })]
  while (list.length < count) list.push(eventBody('play', ts + list.length * 10, list.length / 100))
  const response = await post(`${server.url}/api/v1/downloaded`, list)
  expect(response.status).toBe(201)
  expect(await server.stop()).toBe(0)

  server = await startServer(folder.path)
  const sid = response.headers.get('location')?.split('/').at(-1) ?? ''
  const report = await reportOf(server.url, sid, isClosed)
  expect(report.contextData).toMatchObject({ 'a.media.timePlayed': 900, 'a.media.length': 100 })
})

test('a second signal ends it at once, and an engine that hangs with it', async () => {
  server = await startServer(folder.path)
  const pending = await beginStart(new Agent())
  const engine = await engineOf(server)
  process.kill(engine, 'SIGSTOP')
  const exited = once(server.process, 'exit')
  // One that comes right behind the first is taken for the same.
  const again = setInterval(() => server.process.kill('SIGTERM'), 50)
  expect(await exited).toEqual([1, null])
  clearInterval(again)
  pending.destroy()
  await until('the engine to be gone', async () => {
    const stat = await readFile(`/proc/${engine}/stat`, 'utf8').catch(() => '')
    return stat === '' || stat.includes(') Z ')
  })
})

test('a signal that comes twice, as a Ctrl-C under npm does, is one: the stop is orderly', async () => {
  server = await startServer(folder.path)
  const exited = once(server.process, 'exit')
  server.process.kill('SIGINT')
  server.process.kill('SIGINT')
  expect(await exited).toEqual([0, null])
})

/** The one child of a server: the embedded engine. */
async function engineOf({ process: { pid } }: Server): Promise<number> {
  return Number(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))
}

/** A start whose body is still to come; resolves when the server has its head. */
async function beginStart(agent: Agent) {
  const length = Buffer.byteLength(JSON.stringify(startBody()))
  const headers = { 'content-length': length, expect: '100-continue' }
  const pending = httpRequest(`${server.url}/api/v1/sessions`, { method: 'POST', agent, headers })
  pending.on('error', () => {})
  pending.flushHeaders()
  await once(pending, 'continue')
  return pending
}

/** Resolves with the status; rejects when there is no answer. */
function postOn(agent: Agent, url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST', agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject).end(body)
  })
}
