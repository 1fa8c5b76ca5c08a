import { readdir } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { pipelinedMax } from '../src/http/limits/exchanges.ts'
import { connectRaw, rawPost } from '@playhead/testing/server/rawConnection.ts'
import { type Env, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const undo of cleanUps.splice(0).toReversed()) await undo()
})

async function serverWith(env: Env): Promise<string> {
  const folder = await temporaryDataDir()
  cleanUps.push(folder.remove)
  const server = await startServer(folder.path, env)
  cleanUps.push(() => server.crash())
  return server.url
}

async function codeOf(response: Response): Promise<string> {
  const { errors } = (await response.json()) as { errors: { code: string }[] }
  return `${response.status} ${errors[0]?.code}`
}

describe('rates', () => {
  test('a client over its rate gets 429 and when to come back, and is served again then', async () => {
    const url = await serverWith({ PLAYHEAD_CLIENT_RATE_MAX_PER_S: '20' })
    const location = await openSession(url)
    const send = () => post(`${url}${location}/events`, eventBody('ping', Date.now(), 0))
    // More than it may send in a quarter of a minute, however slow the machine is.
    const answers = await Promise.all(Array.from({ length: 400 }, send))
    const statuses = answers.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([204, 429]))
    expect(statuses.filter((status) => status === 204).length).toBeGreaterThanOrEqual(39)
    const refused = answers.find(({ status }) => status === 429)
    expect(Object.fromEntries(refused?.headers ?? [])).toMatchObject({
      'retry-after': '1',
      'access-control-allow-origin': '*',
    })
    expect(refused && (await codeOf(refused))).toBe('429 rate_exceeded')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await until('the client to be served again', async () => (await send()).status === 204)
  })

  test('a client that sends many large bodies gets 429 before its requests are too many', async () => {
    const url = await serverWith({ PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '100000' })
    const start = JSON.stringify({
      ...startBody(Date.now()),
      customMetadata: { picture: 'x'.repeat(16_000) },
    })
    const send = (body: string | ReadableStream) =>
      fetch(`${url}/api/v1/sessions`, { method: 'POST', body, duplex: 'half' })
    const answers = await Promise.all(Array.from({ length: 30 }, () => send(start)))
    const statuses = answers.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([201, 429]))
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(11)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.headers.get('retry-after')).toBe('1')
    // Bodies whose length is not announced count as well.
    const streamed = await send(new Blob([start.repeat(20)]).stream())
    expect(streamed.status).not.toBe(201)
    await until('the client to be served again', async () => (await send(start)).status === 201)
  })

  test('a client without a token is told so only as often as its rate allows', async () => {
    const url = await serverWith({ PLAYHEAD_CLIENT_RATE_MAX_PER_S: '20', PLAYHEAD_API_TOKEN: 'a'.repeat(32) })
    const ask = () => fetch(`${url}/reporting/v1/sessions`)
    const answers = await Promise.all(Array.from({ length: 400 }, ask))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]))
    const refused = answers.find(({ status }) => status === 429)
    expect(Object.fromEntries(refused?.headers ?? [])).toMatchObject({
      'retry-after': '1',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('a report suite over its rate gets 429, another one’s sessions open', async () => {
    const url = await serverWith({ PLAYHEAD_SUITE_RATE_MAX_PER_S: '5' })
    const start = (suite: string) =>
      post(`${url}/api/v1/sessions`, startBody(Date.now(), { 'analytics.reportSuite': suite }))
    const answers = await Promise.all(Array.from({ length: 200 }, () => start('loud')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0] && (await codeOf(refused[0]))).toBe('429 rate_exceeded')
    expect((await start('quiet')).status).toBe(201)
  })
})

test('requests that waited on a connection which broke are under way no more', async () => {
  const url = await serverWith({ PLAYHEAD_REQUESTS_MAX: '10' })
  const start = JSON.stringify(startBody(Date.now()))
  const connections = await Promise.all(
    Array.from({ length: 5 }, () => connectRaw(url, rawPost('/api/v1/sessions', start).repeat(20))),
  )
  for (const { socket } of connections) socket.resetAndDestroy()
  await until('everybody to be served', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(`${url}/api/v1/sessions`, startBody(Date.now()))),
    )
    return answers.every(({ status }) => status === 201)
  })
})

test('beyond the requests under way an event gets 503, until one of them is over', async () => {
  const url = await serverWith({ PLAYHEAD_REQUESTS_MAX: '10' })
  const location = await openSession(url)
  // A look at what is happening now goes on until it is closed.
  const looks = Array.from({ length: 10 }, () => new AbortController())
  await Promise.all(looks.map(({ signal }) => fetch(`${url}/reporting/v1/live`, { signal })))
  const ping = () => post(`${url}${location}/events`, eventBody('ping', Date.now(), 0))
  expect(await codeOf(await ping())).toBe('503 server_busy')
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  looks[0]?.abort()
  await until('room', async () => (await ping()).status === 204)
  for (const look of looks) look.abort()
})

describe('room for sessions', () => {
  test('beyond the open sessions a start gets 503; those that are open go on, and their end makes room', async () => {
    const url = await serverWith({ PLAYHEAD_OPEN_SESSIONS_MAX: '2', PLAYHEAD_REORDER_WINDOW_MS: '0' })
    const location = await openSession(url)
    await openSession(url)
    const third = await post(`${url}/api/v1/sessions`, startBody())
    expect(third.headers.get('retry-after')).toBe('1')
    expect(await codeOf(third)).toBe('503 sessions_too_many')
    const end = await post(`${url}${location}/events`, eventBody('sessionEnd', Date.now(), 0))
    expect(end.status).toBe(204)
    await until('room', async () => (await post(`${url}/api/v1/sessions`, startBody())).status === 201)
  })

  test('while memory is short starts and downloads get 503', async () => {
    const url = await serverWith({ PLAYHEAD_MEMORY_MAX_BYTES: '1' })
    expect(await codeOf(await post(`${url}/api/v1/sessions`, startBody()))).toBe('503 memory_short')
    const list = [startBody(), eventBody('sessionEnd', Date.now(), 0)]
    expect(await codeOf(await post(`${url}/api/v1/downloaded`, list))).toBe('503 memory_short')
  })
})

describe('connections', () => {
  test('a newcomer beyond them is told so, and let in when one has left', async () => {
    const url = await serverWith({ PLAYHEAD_CONNECTIONS_MAX: '10' })
    const idle = await Promise.all(Array.from({ length: 10 }, () => connectRaw(url)))
    const turnedAway = await connectRaw(url, rawPost('/api/v1/sessions', JSON.stringify(startBody())))
    const answer = await turnedAway.closed
    expect(answer).toMatch(/^HTTP\/1.1 503 Service Unavailable\r\n/)
    expect(answer).toContain('Retry-After: 1\r\n')
    expect(answer).toContain('"connections_too_many"')
    expect(idle.every(({ answer: said }) => said() === '')).toBe(true)
    idle[0]?.socket.destroy()
    await until('room', async () => (await fetch(`${url}/healthz`)).ok)
    for (const { socket } of idle) socket.destroy()
  })

  test('headers that do not come to an end get 408', async () => {
    const url = inject('sharedUrl')
    const slow = await connectRaw(url, 'GET /healthz HTTP/1.1\r\nHost: ')
    const silent = await connectRaw(url)
    expect(await slow.closed).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n.*"request_malformed"/s)
    expect(await silent.closed).toMatch(/^HTTP\/1.1 408 /)
  })

  test('of bodies that dribble, the oldest give way, and a player is served all the while', async () => {
    const url = await serverWith({ PLAYHEAD_BODIES_MAX_BYTES: '1048576' })
    const location = await openSession(url)
    const part = `[${' '.repeat(120_000)}`
    const dribbling = []
    for (let nth = 0; nth < 40; nth += 1) {
      dribbling.push(await connectRaw(url, rawPost('/api/v1/downloaded', part, 8_000_000)))
      const ping = await post(`${url}${location}/events`, eventBody('ping', Date.now(), nth))
      expect(ping.status).toBe(204)
    }
    const first = dribbling[0]
    await until('the first to give way', async () => first?.answer().includes('"server_busy"'))
    expect(first?.answer()).toMatch(/^HTTP\/1.1 503 /)
    expect(dribbling.at(-1)?.answer()).toBe('')
    for (const { socket } of dribbling) socket.destroy()
  })

  test('two thousand connections that dribble and idle do not keep a player from being served', async () => {
    const url = await serverWith({})
    const location = await openSession(url)
    const openings = [
      '',
      'POST /api/v1/sessions HTTP/1.1\r\nHost:',
      rawPost('/api/v1/sessions', '{"eventType":', 4000),
      rawPost('/api/v1/downloaded', '[{"eventType":', 8_000_000),
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ]
    const idle = await Promise.all(
      Array.from({ length: 2000 }, (_, nth) => connectRaw(url, openings[nth % openings.length])),
    )
    for (let nth = 0; nth < 50; nth += 1) {
      for (const { socket } of idle.slice(nth * 40, nth * 40 + 40)) socket.write('1')
      const ping = await post(`${url}${location}/events`, eventBody('ping', Date.now(), nth))
      expect(ping.status).toBe(204)
    }
    for (const { socket } of idle) socket.destroy()
  })
})

describe('bytes', () => {
  let url: string
  let pid: number | undefined
  let crash: () => Promise<void>
  beforeAll(async () => {
    const folder = await temporaryDataDir()
    const server = await startServer(folder.path)
    url = server.url
    pid = server.process.pid
    crash = () => server.crash().then(folder.remove)
  })
  afterAll(() => crash())

  test('that are no request are refused behind the requests before them, which are taken', async () => {
    const start = rawPost('/api/v1/sessions', JSON.stringify(startBody()))
    const { closed } = await connectRaw(url, `${start}${start}NONSENSE\r\n\r\n`)
    const statuses = (await closed).match(/^HTTP\/1.1 \d+/gm)
    expect(statuses).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201', 'HTTP/1.1 400'])
  })

  test('of more requests in one packet than a connection may have under way get 503 behind the others', async () => {
    const start = rawPost('/api/v1/sessions', JSON.stringify(startBody()))
    const { closed } = await connectRaw(url, start.repeat(100))
    const answers = await closed
    const statuses = answers.match(/(?<=^HTTP\/1.1 )\d+/gm) ?? []
    expect(statuses).toEqual([...Array<string>(pipelinedMax).fill('201'), '503'])
    expect(answers).toContain('"server_busy"')
  })

  test('that ask for files and do not read them take no open files', async () => {
    const page = await (await fetch(url)).text()
    const [asset = ''] = /assets\/index-[^"]+\.js/.exec(page) ?? []
    const response = await fetch(`${url}/${asset}`, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-encoding')).toBe('br')
    // What browsers send to other machines without https.
    const zipped = await fetch(`${url}/${asset}`, { headers: { 'accept-encoding': 'gzip, deflate' } })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    const plain = await fetch(`${url}/${asset}`, { headers: { 'accept-encoding': 'br;q=0' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const text = await plain.text()
    expect(await response.text()).toBe(text)
    expect(await zipped.text()).toBe(text)

    const openFiles = async (): Promise<number> => (await readdir(`/proc/${pid}/fd`)).length
    const before = await openFiles()
    const request = `GET /${asset} HTTP/1.1\r\nHost: localhost\r\n\r\n`
    const readers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const reader = await connectRaw(url)
        reader.socket.pause().write(request.repeat(pipelinedMax))
        return reader
      }),
    )
    await fetch(`${url}/healthz`)
    expect(await openFiles()).toBeLessThan(before + 20)
    for (const { socket } of readers) socket.destroy()
  })

  test('of a body that its sender breaks off are its problem, not the server’s', async () => {
    const refusedOf = async (code: string): Promise<number> => {
      const metrics = await (await fetch(`${url}/metrics`)).text()
      const [, count = '0'] =
        new RegExp(`requests_refused_total\\{code="${code}"\\} (\\d+)`).exec(metrics) ?? []
      return Number(count)
    }
    const before = await refusedOf('request_malformed')
    const { socket } = await connectRaw(url, rawPost('/api/v1/sessions', '{"eventType":', 4000))
    // It is seen to arrive before it breaks off.
    await fetch(`${url}/healthz`)
    socket.destroy()
    await until('it to be counted', async () => (await refusedOf('request_malformed')) > before)
    expect(await refusedOf('internal')).toBe(0)
  })

  test('whose sender closes its side behind them are answered', async () => {
    const { socket, closed } = await connectRaw(url)
    socket.end(rawPost('/api/v1/sessions', JSON.stringify(startBody())))
    expect(await closed).toMatch(/^HTTP\/1.1 201 /)
  })

  test('of a request without a Host get 400, and why', async () => {
    const { closed } = await connectRaw(url, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(await closed).toMatch(/^HTTP\/1.1 400 .*"request_malformed"/s)
  })

  test('of a header beyond the limit get 431', async () => {
    const { closed } = await connectRaw(url, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(await closed).toMatch(/^HTTP\/1.1 431 .*"request_malformed"/s)
  })

  test('of a body whose chunks are no chunks get 400, and it is not taken', async () => {
    const head = 'POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
    const { closed } = await connectRaw(url, `${head}5\r\n{"eve\r\nno chunk\r\n`)
    expect((await closed).match(/^HTTP\/1.1 \d+/gm)).toEqual(['HTTP/1.1 400'])
  })

  test('of a report’s question beyond the limit get 413', async () => {
    const response = await post(`${url}/reporting/v1/query`, `"${'x'.repeat(70_000)}"`)
    expect(await codeOf(response)).toBe('413 body_too_large')
  })
})

test('a key that is there twice is refused, and under the lenient policy taken and noted', async () => {
  const twice = (body: object): string =>
    JSON.stringify(body).replace('"playhead":', '"playhead":7,"playhead":')
  expect(await codeOf(await post(`${inject('sharedUrl')}/api/v1/sessions`, twice(startBody())))).toBe(
    '400 key_repeated',
  )

  const lenient = await serverWith({ PLAYHEAD_VALIDATION: 'lenient', PLAYHEAD_REORDER_WINDOW_MS: '0' })
  const ts = Date.now()
  const location = await openSession(lenient, startBody(ts))
  const end = twice(eventBody('sessionEnd', ts + 1, 3))
  expect((await post(`${lenient}${location}/events`, end)).status).toBe(204)
  const report = await reportOf(lenient, location.split('/').at(-1) ?? '', isClosed)
  expect(report.diagnostics).toContainEqual(
    expect.objectContaining({ code: 'key_repeated', pointer: '/playerTime/playhead' }),
  )

  const list = `[${JSON.stringify(startBody(ts))},${end}]`
  const download = await post(`${lenient}/api/v1/downloaded`, list)
  const sid = download.headers.get('location')?.split('/').at(-1) ?? ''
  const { diagnostics } = await reportOf(lenient, sid, isClosed)
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ code: 'key_repeated', pointer: '/playerTime/playhead', seq: 2 }),
  )
})
