import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { describe, expect, inject, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import { connectRaw, rawPost } from '@playhead/testing/server/rawConnection.ts'

const server = { url: inject('sharedUrl') }

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS,POST,PUT',
  'access-control-allow-headers': 'Content-Type',
  'access-control-expose-headers': 'Location',
}

describe('opening a session', () => {
  test('gets 201, no body, and exactly the documented headers', async () => {
    const response = await post(`${server.url}/api/v1/sessions`, startBody())
    expect(response.status).toBe(201)
    expect(await response.text()).toBe('')
    const { location, date, ...headers } = Object.fromEntries(response.headers)
    expect(location).toMatch(/^\/api\/v1\/sessions\/[0-9a-f]{64}$/)
    expect(date).toBeDefined()
    expect(headers).toEqual({
      ...cors,
      'content-type': 'application/octet-stream',
      'content-length': '0',
      connection: 'keep-alive',
      'keep-alive': 'timeout=90',
    })
  })

  test.each([
    ['a form’s Content-Type, as curl sends it', 'application/x-www-form-urlencoded'],
    ['plain text, as browsers send it without a preflight', 'text/plain;charset=UTF-8'],
    ['a Content-Type that is none', ';;'],
    ['no Content-Type', undefined],
  ])('works with %s', async (_what, contentType) => {
    const sent = request(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    })
    sent.end(JSON.stringify(startBody()))
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(201)
  })

  test.each(['/api/v1/sessions/', '//api/v1/sessions', '/va/api/v1/sessions', '/va//api/v1/sessions/'])(
    'works at %s, and the Location begins with /api/ all the same',
    async (path) => {
      const response = await post(server.url + path, startBody())
      expect(response.status).toBe(201)
      expect(response.headers.get('location')).toMatch(/^\/api\/v1\/sessions\/[0-9a-f]{64}$/)
    },
  )

  test('takes a body with shuffled members, escaped slashes and other scripts', async () => {
    const body = JSON.stringify(
      startBody(Date.now(), { 'media.name': 'Ünïcode 日本 🎬 </script>' }),
    ).replaceAll('/', '\\/')
    expect((await post(`${server.url}/api/v1/sessions`, body)).status).toBe(201)
  })

  test('answers a page that sends credentials as any other: a browser hides that from it', async () => {
    const headers = { origin: 'https://example.com', cookie: 'a=b' }
    const response = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers,
      body: JSON.stringify(startBody()),
    })
    expect(response.status).toBe(201)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('the preflight of a browser is answered and may be remembered', async () => {
    const response = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({ ...cors, 'access-control-max-age': '7200' })
  })
})

describe('sending an event', () => {
  test('gets 204 and nothing but headers', async () => {
    const location = await openSession(server.url)
    const response = await post(`${server.url}${location}/events`, eventBody('play', Date.now(), 0))
    expect(response.status).toBe(204)
    expect(response.headers.get('content-type')).toBeNull()
    expect(Object.fromEntries(response.headers)).toMatchObject(cors)
  })

  test('to an id that was never issued gets 404, forged or malformed', async () => {
    const real = (await openSession(server.url)).split('/').at(-1) ?? ''
    const forged = real.slice(0, -1) + (real.endsWith('0') ? '1' : '0')
    for (const sid of [forged, 'f'.repeat(64), 'abc', `${real}00`, real.toUpperCase(), 'x'.repeat(1000)]) {
      const response = await post(
        `${server.url}/api/v1/sessions/${sid}/events`,
        eventBody('play', Date.now(), 0),
      )
      expect([sid, response.status]).toEqual([sid, 404])
    }
  })

  test('after sessionEnd gets 410, but a second sessionEnd and a late sessionComplete get 204', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const send = async (type: string, atMs = ts + 1) =>
      (await post(`${server.url}${location}/events`, eventBody(type, atMs, 0))).status
    expect(await send('sessionEnd')).toBe(204)
    expect(await send('ping', ts + 2)).toBe(410)
    expect(await send('sessionEnd')).toBe(204)
    expect(await send('sessionComplete', ts + 2)).toBe(204)
    const sid = location.split('/').at(-1) ?? ''
    const report = await reportOf(server.url, sid, isClosed)
    expect(report.contextData['a.media.complete']).toBeUndefined()
  })

  test('that happened before sessionEnd and was overtaken by it is taken for a moment', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const written = (type: string, atMs: number): string =>
      rawPost(`${location}/events`, JSON.stringify(eventBody(type, atMs, 0)))
    const { socket, closed } = await connectRaw(server.url)
    // In one packet: however slow the machine is, there is no moment between them.
    socket.end(written('sessionEnd', ts + 10_000) + written('play', ts + 4000))
    expect((await closed).match(/^HTTP\/1.1 \d+/gm)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 204'])
    const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed)
    expect(report.contextData['a.media.timePlayed']).toBe(6)
    const late = await post(`${server.url}${location}/events`, eventBody('ping', ts + 5000, 0))
    expect(late.status).toBe(410)
  })

  test('older than the session’s start gets 204 and changes nothing, an end included', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const send = async (type: string, at: number) =>
      (await post(`${server.url}${location}/events`, eventBody(type, at, 0))).status
    expect(await send('sessionComplete', ts - 60_000)).toBe(204)
    expect(await send('sessionEnd', ts - 1)).toBe(204)
    expect(await send('play', ts)).toBe(204)
  })

  test('a broken body is refused before the session is looked for', async () => {
    const response = await post(`${server.url}/api/v1/sessions/${'0'.repeat(64)}/events`, '{')
    expect(response.status).toBe(400)
  })
})

describe('a refusal', () => {
  interface Refusal {
    message: string
    errors: { code: string; pointer: string }[]
  }
  const refusalOf = async (response: Response): Promise<Refusal> => (await response.json()) as Refusal

  test('names every problem with its place', async () => {
    const response = await post(`${server.url}/api/v1/sessions`, {
      ...startBody(),
      playerTime: { playhead: 100, ts: '1700000000000' },
      extra: true,
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect((await refusalOf(response)).errors.map(({ code, pointer }) => [pointer, code])).toEqual([
      ['/extra', 'unknown_member'],
      ['/playerTime/playhead', 'playhead_out_of_range'],
      ['/playerTime/ts', 'wrong_type'],
    ])
  })

  test.each([
    ['an empty body', '', 400, 'body_empty'],
    ['broken JSON', '{"eventType":', 400, 'body_not_json'],
    ['a byte order mark and nothing else', Buffer.from('\uFEFF'), 400, 'body_empty'],
    ['two byte order marks', Buffer.from('\uFEFF\uFEFF{}'), 400, 'body_not_json'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 400, 'body_not_utf8'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'body_not_utf8'],
    ['a number', '42', 400, 'body_not_object'],
    ['a body that nests too deep', '['.repeat(65), 400, 'body_too_deep'],
    ['a body of 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, 413, 'body_too_large'],
  ])('of %s has its status and code', async (_what, body, status, code) => {
    const response = await post(`${server.url}/api/v1/sessions`, body)
    expect([response.status, (await refusalOf(response)).errors[0]?.code]).toEqual([status, code])
    expect(Object.fromEntries(response.headers)).toMatchObject(cors)
  })

  test.each([
    ['GET', '/api/v1/sessions', 405, 'method_not_allowed'],
    ['PUT', '/api/v1/sessions/abc/events', 405, 'method_not_allowed'],
    ['POST', '/api/v1/schemas/play', 405, 'method_not_allowed'],
    ['POST', '/api/v1/session', 404, 'path_unknown'],
    ['PROPFIND', '/api/v1/sessions', 405, 'method_not_allowed'],
    ['MKCOL', '/va/api/v1/downloaded', 405, 'method_not_allowed'],
    ['REPORT', '/api/v1/sessions/abc/events', 405, 'method_not_allowed'],
    ['LOCK', '/api/v1/schemas/play', 405, 'method_not_allowed'],
    ['QUERY', '/api/v1/sessions', 405, 'method_not_allowed'],
    ['PROPFIND', '/reporting/v1/sessions', 405, 'method_not_allowed'],
    ['PROPFIND', '/readyz', 405, 'method_not_allowed'],
    ['POST', '/overview', 405, 'method_not_allowed'],
    ['SEARCH', '/', 405, 'method_not_allowed'],
    ['PROPFIND', '/api/v1/session', 404, 'path_unknown'],
    ['UNLOCK', '/nothing', 404, 'path_unknown'],
    ['GET', '/api/v1/schemas/contentComplete', 404, 'schema_unknown'],
    ['GET', '/reporting/v1/sessions?limit=many&form=1', 400, 'query_invalid'],
    ['DELETE', '/reporting/v1/sessions', 405, 'method_not_allowed'],
    ['POST', '/api/v1/sessions/%ff/events', 400, 'request_malformed'],
    ['GET', '/reporting/v1/sessions?from=2026-02-30', 400, 'query_invalid'],
    ['GET', '/reporting/v1/sessions?before=xx', 400, 'query_invalid'],
    ['GET', '/reporting/v1/sessions?before=', 400, 'query_invalid'],
    ['GET', '/reporting/v1/sessions?q=', 400, 'query_invalid'],
    ['GET', '/reporting/v1/refusals?sid=', 400, 'query_invalid'],
    ['GET', '/reporting/v1/sessions?from=2026-02-02&to=2026-02-01', 400, 'query_invalid'],
    ['GET', '/reporting/v1/custom-metadata?from=2026-02-02&to=2026-02-02', 400, 'query_invalid'],
    ['GET', '/reporting/v1/diagnostics?from=2026-02-02&to=2026-02-01', 400, 'query_invalid'],
    ['GET', '/reporting/v1/refusals?from=2026-02-02&to=2026-02-01', 400, 'query_invalid'],
    ['GET', '/reporting/v1/catalog?x=1', 400, 'query_invalid'],
    ['GET', '/reporting/v1/access?x=1', 400, 'query_invalid'],
    ['GET', '/reporting/v1/live?x=1', 400, 'query_invalid'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const response = await fetch(server.url + path, { method })
    expect([response.status, (await refusalOf(response)).errors[0]?.code]).toEqual([status, code])
    if (path.startsWith('/api')) expect(Object.fromEntries(response.headers)).toMatchObject(cors)
    if (status === 405) expect(response.headers.get('allow')).not.toBeNull()
  })

  test.each([
    ['an invented method', 'FROBNICATE', 'The method FROBNICATE is not known here.'],
    ['a method in small letters', 'post', 'The method post is not known here.'],
    ['a CONNECT', 'CONNECT', 'This server is no proxy: it does not take CONNECT.'],
  ])('of %s is 501, behind the answers before it', async (_what, method, message) => {
    const head = 'Host: localhost\r\nOrigin: https://player.example\r\n\r\n'
    const target = method === 'CONNECT' ? 'example.com:443' : '/api/v1/sessions'
    const sent = `GET /healthz HTTP/1.1\r\n${head}${method} ${target} HTTP/1.1\r\n${head}`
    const answer = await (await connectRaw(server.url, sent)).closed
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 501'])
    expect(answer).toContain('Access-Control-Allow-Origin: *')
    expect(answer).toContain(`"message":"${message}"`)
  })

  test('of two Host headers is 400', async () => {
    const sent = 'GET /healthz HTTP/1.1\r\nHost: a\r\nhost: b\r\nConnection: close\r\n\r\n'
    const answer = await (await connectRaw(server.url, sent)).closed
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
    expect(answer).toContain('The request has 2 Host headers; HTTP/1.1 allows one.')
  })

  test('of bytes that are no HTTP is one, too', async () => {
    const answer = await (await connectRaw(server.url, 'HELLO PLAYHEAD\r\n\r\n')).closed
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
    expect(answer).toContain('Access-Control-Allow-Origin: *')
    expect(answer).toContain('"request_malformed"')
  })

  test('changes nothing: the session’s archive holds what was taken, and only that', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const events = `${server.url}${location}/events`
    expect((await post(events, eventBody('play', ts + 1, 0))).status).toBe(204)
    expect((await post(events, eventBody('pauseStart', ts + 1000, -1))).status).toBe(400)
    expect((await post(events, eventBody('rewind', ts + 1000, 1))).status).toBe(400)
    expect((await post(events, eventBody('sessionEnd', ts + 2000, 2))).status).toBe(204)
    const sid = location.split('/').at(-1) ?? ''
    const report = await reportOf(server.url, sid, isClosed, '?events=1')
    expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'play', 'sessionEnd'])
    expect(report.contextData['a.media.pauseCount']).toBe(0)
  })
})

test('an event is kept as the very text that came', async () => {
  const ts = Date.now()
  const location = await openSession(server.url, startBody(ts))
  const raw = `{ "playerTime": {"ts":${ts + 1},"playhead":1.50e1},\r\n"eventType":"session\\u0045nd" }`
  const answer = await fetch(`${server.url}${location}/events`, { method: 'POST', body: raw })
  expect(answer.status).toBe(204)
  const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed, '?events=1')
  expect(report.events?.at(-1)).toMatchObject({ eventType: 'sessionEnd', playerTime: { playhead: 15 }, raw })
})

test('unknown keys in params and qoeData are taken, kept and noted', async () => {
  const ts = Date.now()
  const location = await openSession(server.url, startBody(ts))
  const noted = eventBody('sessionEnd', ts + 1, 0, { params: { 'my.key': 1 }, qoeData: { bitrate: 10_000 } })
  expect((await post(`${server.url}${location}/events`, noted)).status).toBe(204)
  const report = await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed, '?events=1')
  expect(report.diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([
    ['unknown_key', '/params/my.key'],
    ['unknown_key', '/qoeData/bitrate'],
  ])
  expect(report.events?.at(-1)).toMatchObject(noted)
  expect(typeof report.events?.at(-1)?.receivedAt).toBe('number')
})

describe('what would be said to a body', () => {
  const said = async (query: string, body: object | string): Promise<unknown> => {
    const answer = await fetch(`${server.url}/reporting/v1/validate?${query}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return answer.json()
  }

  test('has what would be noted about it, with the key that was meant', async () => {
    const ping = eventBody('ping', Date.now(), 1, { qoeData: { 'media.qoe.bitrte': 3200 } })
    expect(await said('endpoint=events', ping)).toMatchObject({
      isAccepted: true,
      status: 204,
      errors: [],
      warnings: [
        {
          code: 'unknown_key',
          pointer: '/qoeData/media.qoe.bitrte',
          hint: 'did you mean media.qoe.bitrate?',
        },
      ],
    })
    expect(await said('endpoint=events&policy=strict', ping)).toMatchObject({
      isAccepted: false,
      status: 400,
      errors: [{ code: 'unknown_key' }],
      warnings: [],
    })
  })

  test('of a live player that counts on past midnight is no to its start, except by lenient, and yes to its events', async () => {
    const params = { 'media.contentType': 'live', 'media.length': 86_400 }
    const start = { ...startBody(Date.now(), params), playerTime: { playhead: 90_000, ts: Date.now() } }
    const beyond = { code: 'playhead_out_of_range', pointer: '/playerTime/playhead', got: 'number 90000' }
    const refused = { isAccepted: false, status: 400, errors: [beyond] }
    expect(await said('endpoint=sessions', start)).toMatchObject(refused)
    expect(JSON.stringify(await said('endpoint=sessions', start))).toContain('at midnight it begins at 0')
    const taken = { isAccepted: true, status: 201, warnings: [beyond] }
    expect(await said('endpoint=sessions&policy=lenient', start)).toMatchObject(taken)
    const ping = eventBody('ping', Date.now(), 90_000)
    expect(await said('endpoint=events&policy=strict', ping)).toMatchObject({
      isAccepted: true,
      warnings: [],
    })
  })

  test('has a key that is there twice among its warnings, where the policy takes it', async () => {
    const twice = `{"eventType":"ping","eventType":"ping","playerTime":{"playhead":1,"ts":${Date.now()}}}`
    expect(await said('endpoint=events&policy=lenient', twice)).toMatchObject({
      isAccepted: true,
      warnings: [{ code: 'key_repeated', pointer: '/eventType' }],
    })
  })

  test('has the status of each endpoint', async () => {
    const start = startBody()
    expect(await said('endpoint=sessions', start)).toMatchObject({ status: 201, warnings: [] })
    expect(await said('endpoint=downloaded', [start])).toMatchObject({ status: 201, warnings: [] })
    expect(await said('endpoint=downloaded', start)).toMatchObject({ status: 400, isAccepted: false })
  })
})
