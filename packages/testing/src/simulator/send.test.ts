import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { type FleetArrival, simulateFleet } from './fleet.ts'
import { pace } from './pace.ts'
import { createPoster } from './post.ts'
import { send } from './send.ts'
import { createTally } from './tally.ts'

const fleet = { seed: 'send', sessions: 12, days: 0.5, startMs: Date.UTC(2025, 5, 1) }
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test('sessions are opened, and their events follow to where the server says, in order', async () => {
  const got = new Map<string, unknown[]>()
  const url = await serve(async (request) => {
    const body: unknown = JSON.parse(await text(request))
    if (request.url === '/base/api/v1/sessions') {
      const location = `/api/v1/sessions/${got.size}`
      got.set(`/base${location}/events`, [body])
      return { status: 201, location }
    }
    got.get(request.url ?? '')?.push(body)
    return { status: 204 }
  })
  const tally = await sendAll(new URL('base/', url), 8)
  expect(tally.refusedEvents).toBe(0)
  const wanted = new Map<number, unknown[]>()
  for (const { session, body } of simulateFleet(fleet))
    wanted.set(session.number, [...(wanted.get(session.number) ?? []), body])
  expect(sorted(got)).toEqual(sorted(wanted))
})

test('refusals are counted by their reason, and events of a refused session are not sent', async () => {
  let starts = 0
  const url = await serve(async (request) => {
    const body = await text(request)
    if (!body.includes('sessionStart')) return { status: 410, body: '{"errors":[{"code":"session_closed"}]}' }
    starts += 1
    return starts === 1 ? { status: 503 } : { status: 201, location: '/api/v1/sessions/x' }
  })
  const tally = await sendAll(url, 1)
  expect(tally.refusedEvents).toBeGreaterThan(0)
  expect(tally.summary()).toMatch(/× 410 session_closed\n[^]* 1 × 503\n[\d,]+ not sent/)
})

test('a server that is not there is given up', async () => {
  const url = await serve(() => Promise.resolve({ status: 204 }))
  servers.pop()?.close()
  await expect(sendAll(url, 8, 40)).rejects.toThrow('does not answer')
})

async function sendAll(url: URL, sockets: number, sessions = fleet.sessions) {
  const tally = createTally(() => performance.now())
  const poster = createPoster(url, sockets)
  const { signal } = new AbortController()
  const arrivals: Iterable<FleetArrival> = simulateFleet({ ...fleet, sessions })
  try {
    await send(pace(arrivals, { isLive: false, rateMax: Infinity, signal }), poster, tally)
  } finally {
    poster.close()
  }
  return tally
}

interface Reply {
  readonly status: number
  readonly location?: string
  readonly body?: string
}

async function serve(answer: (request: IncomingMessage) => Promise<Reply>): Promise<URL> {
  const server = createServer((request, response) => {
    void (async () => {
      const { status, location, body } = await answer(request)
      response.writeHead(status, location === undefined ? {} : { location }).end(body)
    })()
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return new URL(`http://127.0.0.1:${port}/`)
}

function sorted(sessions: ReadonlyMap<unknown, unknown[]>): string[] {
  return [...sessions.values()].map((bodies) => JSON.stringify(bodies)).toSorted()
}
