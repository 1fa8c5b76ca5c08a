import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, inject, test } from 'vitest'
import { eventBody, isClosed, openSession, play, reportOf, startBody } from '@playhead/testing/player.ts'
import { connectRaw } from '@playhead/testing/server/rawConnection.ts'
import { until } from '@playhead/testing/server/until.ts'

const server = { url: inject('sharedUrl') }

interface Refusal {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** POST bytes; the body of a refusal is resolved to its first problem. */
async function send(
  path: string,
  bytes: Buffer | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; refusal: Refusal | undefined }> {
  const body = new Uint8Array(Buffer.from(bytes))
  const answer = await fetch(server.url + path, { method: 'POST', headers, body })
  const text = await answer.text()
  const { errors } = (text === '' ? {} : JSON.parse(text)) as { errors?: Refusal[] }
  return { status: answer.status, headers: answer.headers, refusal: errors?.[0] }
}

const sidOf = (headers: Headers): string => headers.get('location')?.split('/').at(-1) ?? ''

describe('a byte order mark', () => {
  test('is no part of what is stored, of an event or of a list', async () => {
    const ts = Date.now()
    const start = await send('/api/v1/sessions', `\uFEFF${JSON.stringify(startBody(ts))}`)
    expect(start.status).toBe(201)
    const sid = sidOf(start.headers)
    const end = JSON.stringify(eventBody('sessionEnd', ts + 1000, 0))
    expect((await send(`/api/v1/sessions/${sid}/events`, `\uFEFF${end}`)).status).toBe(204)
    const list = [startBody(ts - 60_000), eventBody('sessionEnd', ts - 50_000, 10)]
    const whole = await send('/api/v1/downloaded', `\uFEFF${JSON.stringify(list)}`)
    expect(whole.status).toBe(201)

    const report = await reportOf(server.url, sid, isClosed, '?events=1')
    expect(report.events?.map(({ eventType }) => eventType)).toEqual(['sessionStart', 'sessionEnd'])
    expect(report.events?.at(-1)).toMatchObject({ raw: end })
    expect(report.diagnostics).toEqual([])
    const downloaded = await reportOf(server.url, sidOf(whole.headers), isClosed, '?events=1')
    expect(downloaded.events).toHaveLength(2)
  })

  test('makes an event no other one: the same without it is a repeated delivery', async () => {
    const ts = Date.now()
    const location = await openSession(server.url, startBody(ts))
    const ping = JSON.stringify(eventBody('ping', ts + 1000, 0))
    expect((await send(`${location}/events`, ping)).status).toBe(204)
    expect((await send(`${location}/events`, `\uFEFF${ping}`)).status).toBe(204)
    const sid = location.split('/').at(-1) ?? ''
    const report = await reportOf(server.url, sid, ({ diagnostics }) => diagnostics.length > 0)
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['duplicate_event'])
  })

  test('is dropped where a body is only checked, too', async () => {
    const answer = await fetch(`${server.url}/reporting/v1/validate?endpoint=sessions`, {
      method: 'POST',
      body: `\uFEFF${JSON.stringify(startBody())}`,
    })
    expect(await answer.json()).toMatchObject({ isAccepted: true })
  })
})

describe('a compressed body', () => {
  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['identity, gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (body: Buffer) => body],
    ['', (body: Buffer) => body],
  ])('with Content-Encoding %j is taken, and stored as it was before', async (coding, compress) => {
    const ts = Date.now()
    const headers = { 'content-encoding': coding }
    const pack = (body: object): Buffer => compress(Buffer.from(JSON.stringify(body)))
    const start = await send('/api/v1/sessions', pack(startBody(ts)), headers)
    expect([start.status, start.refusal]).toEqual([201, undefined])
    const sid = sidOf(start.headers)
    const end = eventBody('sessionEnd', ts + 1000, 1, { customMetadata: { title: 'Ünïcode 日本 🎬' } })
    expect((await send(`/api/v1/sessions/${sid}/events`, pack(end), headers)).status).toBe(204)
    const report = await reportOf(server.url, sid, isClosed, '?events=1')
    expect(report.events?.at(-1)).toMatchObject(end)
    const list = [startBody(ts - 60_000), eventBody('sessionEnd', ts - 50_000, 10)]
    expect((await send('/api/v1/downloaded', pack(list), headers)).status).toBe(201)
  })

  test.each(['zstd', 'compress', 'gzip, gzip', 'gzip, br', 'gzip;q=1', 'x'.repeat(500)])(
    'with Content-Encoding %j gets 415 and what is supported, and the connection stays',
    async (coding) => {
      const { status, headers, refusal } = await send('/api/v1/sessions', JSON.stringify(startBody()), {
        'content-encoding': coding,
      })
      expect([status, refusal?.code]).toEqual([415, 'encoding_unsupported'])
      expect(headers.get('accept-encoding')).toBe('gzip, deflate, br')
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('connection')).toBe('keep-alive')
    },
  )

  const packed = gzipSync(JSON.stringify(startBody()))
  test.each([
    ['gzip', 'that was cut off', packed.subarray(0, -5)],
    ['gzip', 'with bytes behind it', Buffer.concat([packed, Buffer.from('more')])],
    ['gzip', 'that is another one', brotliCompressSync('{}')],
    ['deflate', 'that was cut off', deflateSync('{"a":1}').subarray(0, -2)],
    ['deflate', 'with bytes behind it', Buffer.concat([deflateSync('{}'), Buffer.from('more')])],
    ['br', 'with bytes behind it', Buffer.concat([brotliCompressSync('{}'), Buffer.from('more')])],
    ['br', 'that is noise', Buffer.from([0xff, 0xff, 0x01, 0x02])],
  ])('of %s %s gets 400', async (coding, _what, bytes) => {
    const { status, refusal } = await send('/api/v1/sessions', bytes, { 'content-encoding': coding })
    expect([status, refusal?.code]).toEqual([400, 'encoding_broken'])
    expect(refusal?.message).toContain(`not valid ${coding}`)
  })

  test('that was never compressed is told so, and empty is empty', async () => {
    const plain = await send('/api/v1/sessions', ' {"a":1}', { 'content-encoding': 'gzip' })
    expect(plain.refusal).toMatchObject({ code: 'encoding_broken' })
    expect(plain.refusal?.hint).toContain('not compressed')
    const empty = await send('/api/v1/sessions', '', { 'content-encoding': 'gzip' })
    expect(empty.refusal?.code).toBe('body_empty')
  })

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('of %s that unpacks to 64 MiB gets 413, and costs what a full one does', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024, 0x20))
    const before = await residentBytes()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, nth) =>
        send(nth % 2 === 0 ? '/api/v1/downloaded' : `/api/v1/sessions/${'0'.repeat(64)}/events`, bomb, {
          'content-encoding': coding,
        }),
      ),
    )
    expect(new Set(answers.map(({ refusal }) => refusal?.code))).toEqual(new Set(['body_too_large']))
    // Two at a time of 8 MiB each; 20 of them whole would be 1.3 GB.
    expect((await residentBytes()) - before).toBeLessThan(256 * 1024 * 1024)
  })

  test('may be as large as a plain one once unpacked, and not a byte larger', async () => {
    const start = JSON.stringify(startBody())
    const full = start + ' '.repeat(65_536 - start.length)
    const headers = { 'content-encoding': 'gzip' }
    expect((await send('/api/v1/sessions', gzipSync(full), headers)).status).toBe(201)
    const { status, refusal } = await send('/api/v1/sessions', gzipSync(`${full} `), headers)
    expect([status, refusal?.code]).toEqual([413, 'body_too_large'])
  })

  test('that cannot be read is kept among the rejections, with its reason', async () => {
    await send('/api/v1/downloaded', 'plain', { 'content-encoding': 'deflate' })
    await until('the rejection', async () => {
      const answer = await fetch(`${server.url}/reporting/v1/refusals?code=encoding_broken`)
      const { refusals } = (await answer.json()) as { refusals?: { endpoint: string }[] }
      return refusals?.some(({ endpoint }) => endpoint === 'downloaded')
    })
  })
})

/** Memory of the server process, without that of the store. */
async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1])
}

describe('headers on the wire', () => {
  const names = async (request: string): Promise<string[]> => {
    const connection = await connectRaw(server.url, `${request}\r\nHost: x\r\nConnection: close\r\n`)
    connection.socket.write('\r\n')
    const [head = ''] = (await connection.closed).split('\r\n\r\n')
    return head
      .split('\r\n')
      .slice(1)
      .map((line) => line.slice(0, line.indexOf(':')))
  }
  const cors = [
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Methods',
    'Access-Control-Allow-Headers',
    'Access-Control-Expose-Headers',
  ]

  test('of a start are written as they are documented', async () => {
    const body = JSON.stringify(startBody())
    const head = `POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
    const answer = await (await connectRaw(server.url, head + body)).closed
    expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\n/)
    for (const name of [...cors, 'Location', 'Content-Type', 'Content-Length', 'Connection', 'Date'])
      expect(answer).toContain(`\r\n${name}: `)
  })

  test.each([
    ['a preflight', 'OPTIONS /api/v1/sessions HTTP/1.1', ['Access-Control-Max-Age']],
    ['a 405', 'PROPFIND /api/v1/sessions HTTP/1.1', ['Allow', 'X-Request-Id']],
    ['a 404', 'POST /nothing HTTP/1.1', ['Content-Type']],
    ['bytes that are no HTTP', 'HELLO', ['Content-Length']],
  ])('of %s are, too', async (_what, request, others) => {
    const written = await names(request)
    expect(written).toEqual(expect.arrayContaining([...cors, ...others]))
    expect(written.filter((name) => !/^[A-Z]/.test(name))).toEqual([])
  })
})

describe('a preflight', () => {
  const allowed = async (asked: string): Promise<string | null> => {
    const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': asked }
    const answer = await fetch(`${server.url}/api/v1/sessions`, { method: 'OPTIONS', headers })
    expect(answer.status).toBe(204)
    return answer.headers.get('access-control-allow-headers')
  }

  test('is allowed every header that it asks for', async () => {
    expect(await allowed('content-type')).toBe('Content-Type')
    expect(await allowed('content-type,user-agent')).toBe('Content-Type, user-agent')
    expect(await allowed('traceparent, X-Adobe-AEP-Validation-Token')).toBe(
      'Content-Type, traceparent, X-Adobe-AEP-Validation-Token',
    )
  })

  test('is allowed nothing that is no header', async () => {
    expect(await allowed('a b, c:d, <e>, ,f,f')).toBe('Content-Type, f')
  })
})

test('an event that was unpacked is explained and counted like any other', async () => {
  const ts = Date.now() - 60_000
  const sid = await play(server.url, [startBody(ts), eventBody('play', ts, 0)])
  const end = gzipSync(JSON.stringify(eventBody('sessionEnd', ts + 30_000, 30)))
  expect((await send(`/api/v1/sessions/${sid}/events`, end, { 'content-encoding': 'gzip' })).status).toBe(204)
  const report = await reportOf(server.url, sid, isClosed)
  expect(report.contextData['a.media.timePlayed']).toBe(30)
})
