import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import { request as askPlain } from 'node:http'
import { request as askSecurely, type RequestOptions } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBody } from '@playhead/testing/player.ts'
import {
  runToItsEnd,
  type Server,
  startServer,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const fixtures = join(import.meta.dirname, 'fixtures/tls')
const token = 'a'.repeat(32)

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

function ask(url: string, options: RequestOptions = {}, body?: object): Promise<Answer> {
  const send = url.startsWith('https:') ? askSecurely : askPlain
  return new Promise((resolve, reject) => {
    send(url, { agent: false, ...options }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }))
    })
      .on('error', reject)
      .end(body && JSON.stringify(body))
  })
}

describe('with a certificate', () => {
  const folder = temporaryDataDir()
  let server: Server
  let certFile: string
  let keyFile: string
  let first: string
  let port: number

  beforeAll(async () => {
    const { path } = await folder
    certFile = join(path, 'server.crt')
    keyFile = join(path, 'server.key')
    await copyFile(join(fixtures, 'first.crt'), certFile)
    await copyFile(join(fixtures, 'first.key'), keyFile)
    first = await readFile(certFile, 'utf8')
    server = await startServer(path, {
      PLAYHEAD_TLS_CERT_FILE: certFile,
      PLAYHEAD_TLS_KEY_FILE: keyFile,
      PLAYHEAD_API_TOKEN: token,
    })
    port = Number(new URL(server.url).port)
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  test('players and readers are served over https, browsers told to stay there', async () => {
    expect(server.url).toMatch(/^https:/)
    const opened = await ask(`${server.url}/api/v1/sessions`, { ca: first, method: 'POST' }, startBody())
    expect([opened.status, opened.headers['location']]).toEqual([
      201,
      expect.stringMatching(/^\/api\/v1\/sessions\//),
    ])
    expect(opened.headers['strict-transport-security']).toBe('max-age=31536000')
    const read = await ask(`${server.url}/reporting/v1/access`, {
      ca: first,
      headers: { authorization: `Bearer ${token}` },
    })
    expect(read.status).toBe(200)
  })

  test('the cookie is kept to TLS and to this host', async () => {
    const options = { ca: first, method: 'POST' }
    const { headers } = await ask(`${server.url}/login`, options, { token })
    const [cookie = ''] = headers['set-cookie'] ?? []
    expect(cookie).toMatch(
      /^__Host-playhead=\S+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    )
    const asked = async (sent: string) =>
      (await ask(`${server.url}/reporting/v1/access`, { ca: first, headers: { cookie: sent } })).status
    const [value = ''] = cookie.split(';')
    expect([await asked(value), await asked(value.replace('__Host-', ''))]).toEqual([200, 401])
  })

  test('old TLS and plain http are turned away, and nobody is redirected', async () => {
    await expect(
      ask(`${server.url}/healthz`, { ca: first, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }),
    ).rejects.toThrow()
    const socket = connectPlain(port, '127.0.0.1', () =>
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'),
    )
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    await once(socket, 'close')
    expect(text).not.toContain('200')
    expect(text).not.toContain('location')
  })

  test('headers that do not arrive and handshakes that do not end are given up, as without TLS', async () => {
    const slow = connect({ port, host: '127.0.0.1', ca: first })
    await once(slow, 'secureConnect')
    slow.write('GET /healthz HTTP/1.1\r\n')
    let text = ''
    slow.setEncoding('utf8').on('data', (part: string) => (text += part))
    const silent = connectPlain(port, '127.0.0.1').on('error', () => undefined)
    await Promise.all([once(slow, 'close'), once(silent, 'close')])
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('bytes that are no HTTP are answered 400', async () => {
    const socket = connect({ port, host: '127.0.0.1', ca: first })
    await once(socket, 'secureConnect')
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    socket.write('nonsense\r\n\r\n')
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*request_malformed/)
  })

  test('a renewed certificate is used without a restart; one that does not fit its key is not', async () => {
    const nameNow = async (): Promise<string | undefined> => {
      const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
      await once(socket, 'secureConnect')
      const name = socket.getPeerCertificate().subject.CN
      socket.destroy()
      return name
    }
    const open = connect({ port, host: '127.0.0.1', ca: first })
    await once(open, 'secureConnect')

    await copyFile(join(fixtures, 'second.crt'), certFile)
    await until('the complaint', async () => server.output.err.includes('is not usable'))
    expect(await nameNow()).toBe('first.playhead.test')
    await copyFile(join(fixtures, 'second.key'), keyFile)
    await until('the new certificate', async () => (await nameNow()) === 'second.playhead.test')

    open.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    let text = ''
    open.setEncoding('utf8').on('data', (part: string) => (text += part))
    await once(open, 'close')
    expect(text).toContain('HTTP/1.1 200 OK')
  })
})

test.each([
  [
    { PLAYHEAD_TLS_CERT_FILE: join(fixtures, 'first.crt') },
    'PLAYHEAD_TLS_CERT_FILE and PLAYHEAD_TLS_KEY_FILE are of use together only',
  ],
  [
    {
      PLAYHEAD_TLS_CERT_FILE: join(fixtures, 'first.crt'),
      PLAYHEAD_TLS_KEY_FILE: join(fixtures, 'second.key'),
    },
    'is not usable',
  ],
  [{ PLAYHEAD_TLS_CERT_FILE: '/none.crt', PLAYHEAD_TLS_KEY_FILE: '/none.key' }, 'ENOENT'],
  [{ PLAYHEAD_TRUSTED_PROXIES: 'true' }, 'PLAYHEAD_TRUSTED_PROXIES takes addresses such as'],
  [{ PLAYHEAD_TRUSTED_PROXIES: '10.0.0.0/33' }, 'takes addresses such as'],
  [{ PLAYHEAD_TRUSTED_PROXIES: '0.0.0.0/0' }, 'must not trust everyone'],
  [{ PLAYHEAD_TRUSTED_PROXIES: '::/0' }, 'must not trust everyone'],
])('%j stops the start', async (env, reason) => {
  const { path, remove } = await temporaryDataDir()
  const { code, err } = await runToItsEnd({
    PLAYHEAD_DATA_DIR: path,
    PLAYHEAD_PORT: '0',
    PLAYHEAD_LOG_LEVEL: 'silent',
    ...(env as Record<string, string>),
  })
  expect([code, err]).toEqual([1, expect.stringContaining(reason)])
  await remove()
})

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'stats.example.com',
  }

  async function schemaAndCookie(
    trusted: string,
  ): Promise<{ id: string; cookie: string; statusOnLoopback?: number }> {
    const { path, remove } = await temporaryDataDir()
    const server = await startServer(path, { PLAYHEAD_API_TOKEN: token, PLAYHEAD_TRUSTED_PROXIES: trusted })
    const schema = await ask(`${server.url}/api/v1/schemas/ping`, { headers: forwarded })
    const signedIn = await ask(`${server.url}/login`, { method: 'POST', headers: forwarded }, { token })
    await server.stop()
    await remove()
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? []
    return { id: schema.text, cookie }
  }

  test('what a trusted one says of the client is believed', async () => {
    const { id, cookie } = await schemaAndCookie('10.0.0.0/8, 127.0.0.1')
    expect(id).toContain('https://stats.example.com/')
    expect(cookie).toMatch(/^__Host-playhead=.*; Secure$/)
  })

  test('what anyone else says is not', async () => {
    const { id, cookie } = await schemaAndCookie('10.0.0.0/8')
    expect(id).not.toContain('stats.example.com')
    expect(cookie).not.toContain('Secure')
  })

  test('each client behind a trusted one is one client; the rest are told to wait together', async () => {
    const { path, remove } = await temporaryDataDir()
    const server = await startServer(path, {
      PLAYHEAD_API_TOKEN: token,
      PLAYHEAD_TRUSTED_PROXIES: '127.0.0.1',
    })
    const wrong = async (address: string) =>
      (
        await ask(`${server.url}/reporting/v1/access`, {
          headers: { authorization: 'Bearer wrong', 'x-forwarded-for': address },
        })
      ).status
    for (let tries = 0; tries < 10; tries += 1) expect(await wrong('203.0.113.9')).toBe(401)
    expect(await wrong('203.0.113.9')).toBe(429)
    // What the client itself put in front is of no use to it.
    expect(await wrong('198.51.100.1, 203.0.113.9')).toBe(429)
    expect(await wrong('203.0.113.10')).toBe(401)
    await server.stop()
    await remove()
  })

  test('a token is needed though the server listens on loopback', async () => {
    const { path, remove } = await temporaryDataDir()
    const server = await startServer(path, { PLAYHEAD_TRUSTED_PROXIES: '127.0.0.1' })
    expect((await ask(`${server.url}/reporting/v1/access`)).status).toBe(401)
    expect(server.output.out).toContain('Authorization: Bearer playhead_')
    await server.stop()
    await remove()
  })
})
