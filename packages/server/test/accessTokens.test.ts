import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '@playhead/testing/player.ts'
import {
  type Server,
  startServer,
  runToItsEnd,
  temporaryDataDir,
} from '@playhead/testing/server/startServer.ts'
import { bearer, statusOf, tokenCommand } from '@playhead/testing/server/token.ts'
import { until } from '@playhead/testing/server/until.ts'

const apiToken = 'a'.repeat(32)
const sessions = '/reporting/v1/sessions'

async function codeOf(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors: readonly { code: string }[] }
  return errors[0]?.code
}

describe('beyond loopback', () => {
  test('a token is made on the first start, said once, and kept as a hash alone', async () => {
    const { path, remove } = await temporaryDataDir()
    const first = await startServer(path, { PLAYHEAD_HOST: '0.0.0.0' })
    const secret = await until(
      'the token',
      async () => /\n {2}(playhead_\S{43})\n/.exec(first.output.out)?.[1],
    )
    const url = first.url.replace('0.0.0.0', '127.0.0.1')
    expect(await statusOf(url + sessions)).toBe(401)
    await until('the store', async () => (await statusOf(url + sessions, secret)) === 200)
    await first.stop()

    const names = (await readdir(path, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    )
    for (const { parentPath, name } of names) {
      expect([name, (await readFile(join(parentPath, name))).includes(secret)]).toEqual([name, false])
    }
    expect((await stat(join(path, 'tokens.json'))).mode & 0o777).toBe(0o600)

    const second = await startServer(path, { PLAYHEAD_HOST: '0.0.0.0' })
    const again = second.url.replace('0.0.0.0', '127.0.0.1')
    expect(await statusOf(`${again}/reporting/v1/catalog`, secret)).toBe(200)
    expect(await statusOf(`${again}/reporting/v1/catalog`)).toBe(401)
    await until('the greeting', async () => second.output.out.includes('Then see it:'))
    expect(second.output.out).toContain('Reports and the dashboard need a token.')
    expect(second.output.out).not.toContain('playhead_')
    await second.stop()
    await remove()
  })

  test('players, probes and the dashboard’s own files need none; how the parts are does', async () => {
    const { path, remove } = await temporaryDataDir()
    const server = await startServer(path, { PLAYHEAD_HOST: '0.0.0.0', PLAYHEAD_API_TOKEN: apiToken })
    const url = server.url.replace('0.0.0.0', '127.0.0.1')
    expect(server.output.out).not.toContain('playhead_')
    await openSession(url)
    for (const open of ['/', '/healthz', '/api/v1/schemas/ping']) expect(await statusOf(url + open)).toBe(200)
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
    expect(await (await fetch(`${url}/readyz`, bearer('b'.repeat(32)))).json()).toEqual({ status: 'ready' })
    expect(await (await fetch(`${url}/readyz`, bearer(apiToken))).json()).toMatchObject({ journal: 'ok' })
    await server.stop()
    await remove()
  })
})

describe('on loopback', () => {
  const folder = temporaryDataDir()
  let server: Server
  beforeAll(async () => {
    server = await startServer((await folder).path)
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  test('a token is needed behind a proxy that nobody configured', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    expect((await fetch(`${server.url}/reporting/v1/catalog`, { headers })).status).toBe(401)
  })

  test('no token is needed, unless another name is asked for', async () => {
    expect(await statusOf(`${server.url}/reporting/v1/catalog`)).toBe(200)
    expect(await statusOf(`${server.url.replace('127.0.0.1', 'localhost')}/reporting/v1/catalog`)).toBe(200)
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example' }
      request(`${server.url}/reporting/v1/catalog`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(401)
  })

  test('a wrong token is wrong all the same', async () => {
    const refused = await fetch(`${server.url}/reporting/v1/catalog`, bearer('wrong'))
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="playhead", error="invalid_token"')
    expect(await codeOf(refused)).toBe('token_invalid')
  })

  test('tokens are added and taken away while it runs; a damaged file changes nothing', async () => {
    const { path } = await folder
    const catalog = `${server.url}/reporting/v1/catalog`
    const one = await tokenCommand(path, 'add', '--name', 'one')
    await until('the first token', async () => (await statusOf(catalog)) === 401)
    expect(await statusOf(catalog, one)).toBe(200)

    const two = await tokenCommand(path, 'add', '--name', 'two', '--suites', 'tv, radio')
    await until('the second', async () => (await statusOf(catalog, two)) === 200)
    expect(await tokenCommand(path, 'list')).toBe('one\tall report suites\ntwo\ttv,radio')
    expect(await statusOf(catalog, one)).toBe(200)

    const file = join(path, 'tokens.json')
    const sound = await readFile(file, 'utf8')
    await writeFile(file, sound.replace('"format": 1', '"format": 2'))
    await until('the complaint', async () => server.output.err.includes('tokens.json is not usable'))
    expect([await statusOf(catalog, one), await statusOf(catalog)]).toEqual([200, 401])
    await writeFile(file, sound)

    await tokenCommand(path, 'remove', '--name', 'one')
    await until('its end', async () => (await statusOf(catalog, one)) !== 200)
    expect(await statusOf(catalog, two)).toBe(200)
  })

  test('once there was a token nobody reads without one until a restart, whatever becomes of the file', async () => {
    const { path } = await folder
    const catalog = `${server.url}/reporting/v1/catalog`
    const file = join(path, 'tokens.json')
    await tokenCommand(path, 'remove', '--name', 'two')
    await until('that none is left', async () => server.output.err.includes('no token is left'))
    expect(await statusOf(catalog)).toBe(401)

    const again = await tokenCommand(path, 'add', '--name', 'again')
    await until('another token', async () => (await statusOf(catalog, again)) === 200)
    expect(await statusOf(catalog)).toBe(401)
    await writeFile(file, '')
    const complaints = () => server.output.err.split('tokens.json cannot be read').length - 1
    await until('the complaint of the empty file', async () => complaints() === 1)
    expect([await statusOf(catalog, again), await statusOf(catalog)]).toEqual([200, 401])
    await rm(file)
    await until('the end of the token', async () => (await statusOf(catalog, again)) !== 200)
    expect(await statusOf(catalog)).toBe(401)
    await mkdir(file)
    await until('the complaint of the folder', async () => complaints() === 2)
    expect(await statusOf(catalog)).toBe(401)
    await rmdir(file)

    await server.stop()
    server = await startServer(path)
    expect(await statusOf(`${server.url}/reporting/v1/catalog`)).toBe(200)
    // Somebody has meant to close it.
    await writeFile(file, '{')
    await until(
      'that it is closed',
      async () => (await statusOf(`${server.url}/reporting/v1/catalog`)) === 401,
    )
    await rm(file)
  })

  test.each([
    [['add'], '--name is missing'],
    [['add', '--name', 'a b'], '--name takes 1 to 64 of the characters'],
    [['add', '--name', 'PLAYHEAD_API_TOKEN'], '--name takes'],
    [['add', '--name', 'x', '--suites', ','], '--suites takes report suites'],
    [['remove', '--name', 'nobody'], 'there is no token named nobody'],
    [['sell'], 'takes add, list or remove'],
    [['list', '--all'], "Unknown option '--all'"],
  ])('token %j is refused', async (args, reason) => {
    await expect(tokenCommand((await folder).path, ...args)).rejects.toThrow(reason)
  })

  test('of the same name there is one', async () => {
    const { path, remove } = await temporaryDataDir()
    await tokenCommand(path, 'add', '--name', 'x')
    await expect(tokenCommand(path, 'add', '--name', 'x')).rejects.toThrow('there is a token named x')
    await remove()
  })
})

test.each([
  ['{', 'cannot be read'],
  ['{"format":1}', 'tokens'],
  ['{"format":2,"tokens":[]}', '/format must be'],
  ['{"format":1,"tokens":[{"name":"x","sha256":"secret"}]}', '/tokens/0/sha256 must be'],
  [
    `{"format":1,"tokens":[${[1, 2].map(() => `{"name":"x","sha256":"${'0'.repeat(64)}"}`).join(',')}]}`,
    'two tokens named x',
  ],
])('the tokens file %s stops the start', async (content, reason) => {
  const { path, remove } = await temporaryDataDir()
  const file = join(path, 'given.json')
  await writeFile(file, content)
  const { code, err } = await runToItsEnd({
    PLAYHEAD_DATA_DIR: path,
    PLAYHEAD_PORT: '0',
    PLAYHEAD_TOKENS_FILE: file,
    PLAYHEAD_LOG_LEVEL: 'silent',
  })
  expect([code, err.trim().split('\n')]).toEqual([1, [expect.stringContaining(reason)]])
  expect(err).not.toContain('secret"')
  await remove()
})

test('a tokens file that was named has to be there', async () => {
  const { path, remove } = await temporaryDataDir()
  const env = { PLAYHEAD_DATA_DIR: path, PLAYHEAD_PORT: '0', PLAYHEAD_TOKENS_FILE: join(path, 'none.json') }
  expect((await runToItsEnd(env)).err).toContain('none.json is not there; playhead token add makes it')
  const { out } = await runToItsEnd(env, 'token', 'add', '--name', 'x')
  const server = await startServer(path, { PLAYHEAD_TOKENS_FILE: env.PLAYHEAD_TOKENS_FILE })
  expect(await statusOf(`${server.url}/reporting/v1/catalog`, out.trim())).toBe(200)
  await server.stop()
  await remove()
})

describe('with a token that is needed', () => {
  const folder = temporaryDataDir()
  const signedIn: { cookie: string } = { cookie: '' }
  let server: Server
  beforeAll(async () => {
    server = await startServer((await folder).path, { PLAYHEAD_API_TOKEN: apiToken })
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  async function logIn(token: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${server.url}/login`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  }
  async function withCookie(cookie: string): Promise<number> {
    const response = await fetch(`${server.url}/reporting/v1/access`, { headers: { cookie } })
    await response.body?.cancel()
    return response.status
  }

  test('a browser signs in for a cookie that scripts and other sites cannot use, and that is not the token', async () => {
    const response = await logIn(apiToken)
    expect(response.status).toBe(204)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^playhead=[^;]+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/)
    expect(cookie).not.toContain(apiToken)
    signedIn.cookie = cookie.split(';')[0] ?? ''
    const asked = await fetch(`${server.url}/reporting/v1/access`, {
      headers: { cookie: `a=b; ${signedIn.cookie}` },
    })
    expect(await asked.json()).toEqual({ token: 'PLAYHEAD_API_TOKEN', suites: null })
  })

  test('the cookie outlives a restart, and no other token', async () => {
    await server.stop()
    const { path } = await folder
    server = await startServer(path, { PLAYHEAD_API_TOKEN: 'b'.repeat(32) })
    expect(await withCookie(signedIn.cookie)).toBe(401)
    await server.stop()
    server = await startServer(path, { PLAYHEAD_API_TOKEN: apiToken })
    expect(await withCookie(signedIn.cookie)).toBe(200)
  })

  test('a cookie that is changed anywhere is none', async () => {
    for (let at = 'playhead='.length; at < signedIn.cookie.length - 1; at += 1) {
      const changed = signedIn.cookie[at] === '1' ? '2' : '1'
      expect(await withCookie(signedIn.cookie.slice(0, at) + changed + signedIn.cookie.slice(at + 1))).toBe(
        401,
      )
    }
  })

  test('signing out takes it back', async () => {
    const response = await fetch(`${server.url}/logout`, { method: 'POST' })
    expect(response.headers.get('set-cookie')).toBe('playhead=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict')
  })

  test('nobody is signed in from another site, or with anything but a token', async () => {
    const elsewhere = await logIn(apiToken, { 'sec-fetch-site': 'cross-site' })
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([403, 'origin_not_allowed'])
    const named = await logIn(apiToken, { origin: 'https://elsewhere.example' })
    expect([named.status, await codeOf(named)]).toEqual([403, 'origin_not_allowed'])
    expect((await logIn(apiToken, { origin: server.url })).status).toBe(204)
    const query = {
      method: 'POST',
      body: '{}',
      headers: { cookie: signedIn.cookie, origin: 'https://elsewhere.example' },
    }
    for (const path of ['/logout', '/reporting/v1/query'])
      expect([path, (await fetch(`${server.url}${path}`, query)).status]).toEqual([path, 403])
    for (const body of ['', '{}', '{"token":1}', `{"token":"${apiToken}","more":1}`]) {
      const refused = await fetch(`${server.url}/login`, { method: 'POST', body })
      expect([refused.status, refused.headers.get('set-cookie')]).toEqual([400, null])
      expect(await refused.text()).not.toContain(apiToken)
    }
  })

  test('the live stream ends when its token does', async () => {
    const { path } = await folder
    const token = await tokenCommand(path, 'add', '--name', 'wall')
    await until('the token', async () => (await statusOf(`${server.url}/reporting/v1/access`, token)) === 200)
    const live = await fetch(`${server.url}/reporting/v1/live`, bearer(token))
    expect(live.status).toBe(200)
    await tokenCommand(path, 'remove', '--name', 'wall')
    await live.text()
    expect([401, 429]).toContain(await statusOf(`${server.url}/reporting/v1/live`, token))
  })

  test('after ten wrong tokens in a minute an address is told to wait; the right one still works', async () => {
    const tries = await Promise.all(Array.from({ length: 14 }, (_, nth) => logIn(`wrong ${nth}`)))
    const waits = tries.filter(({ status }) => status === 429)
    expect(waits.length).toBeGreaterThanOrEqual(4)
    expect(await codeOf(waits[0] as Response)).toBe('tokens_too_many')
    expect(Number(waits[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await logIn(apiToken)).status).toBe(204)
    expect(await statusOf(`${server.url}/reporting/v1/access`, apiToken)).toBe(200)
  })
})
