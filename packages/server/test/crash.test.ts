import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

let folder: Awaited<ReturnType<typeof temporaryDataDir>>

beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

describe('an orderly stop', () => {
  test('answers all that it takes: what is open after it is what was answered', async () => {
    const { path, remove } = await temporaryDataDir()
    const server = await startServer(path)
    const ts = Date.now()
    let isStopping = false
    let taken = 0
    const players = Array.from({ length: 32 }, async () => {
      while (!isStopping) {
        // A request that comes as its idle connection is closed is reset unread: not taken, and not answered.
        const response = await post(`${server.url}/api/v1/sessions`, startBody(ts)).catch(() => undefined)
        if (response?.status === 201) taken += 1
        else isStopping = true
      }
    })
    await until('some sessions', async () => taken > 100)
    expect(await server.stop()).toBe(0)
    isStopping = true
    await Promise.all(players)

    const again = await startServer(path)
    const { openSessions } = (await (await fetch(`${again.url}/readyz`)).json()) as { openSessions: number }
    expect(openSessions).toBe(taken)
    await again.crash()
    await remove()
  })
})

describe('after kill -9', () => {
  let server: Server
  afterAll(() => server.crash())

  test('ids are told apart at once: open 204, closed 410, never issued 404', async () => {
    server = await startServer(folder.path)
    const ts = Date.now()
    const open = await openSession(server.url, startBody(ts))
    const closed = await openSession(server.url, startBody(ts))
    await post(`${server.url}${closed}/events`, eventBody('sessionEnd', ts + 1, 0))
    await server.crash()

    server = await startServer(folder.path)
    const ping = eventBody('ping', ts + 2, 0)
    expect((await post(`${server.url}${open}/events`, ping)).status).toBe(204)
    expect((await post(`${server.url}${closed}/events`, ping)).status).toBe(410)
    expect((await post(`${server.url}/api/v1/sessions/${'a'.repeat(64)}/events`, ping)).status).toBe(404)
  })

  test('of the embedded store alone, collecting goes on and nothing is lost', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const engine = await childOf(server.process.pid ?? 0)
    process.kill(engine, 'SIGKILL')
    await until('the engine to be gone', async () => !(await isRunning(engine)))
    for (let second = 1; second <= 5; second += 1) {
      const response = await post(
        `${server.url}${location}/events`,
        eventBody('play', ts + second * 1000, second),
      )
      expect(response.status).toBe(204)
    }
    await post(`${server.url}${location}/events`, eventBody('sessionEnd', ts + 6000, 6))
    const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed, '?events=1')
    expect(report.events).toHaveLength(7)
    expect(report.contextData['a.media.timePlayed']).toBe(5)
  })
})

/** The one child of a process: the embedded engine. */
async function childOf(parent: number): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  const [child, ...others] = children.trim().split(' ').map(Number)
  if (child === undefined || others.length > 0) throw new Error(`the server has the children ${children}`)
  return child
}

async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !stat.includes(') Z ')
}
