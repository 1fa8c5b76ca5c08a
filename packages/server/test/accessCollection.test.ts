import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { eventBody, startBody } from '@playhead/testing/player.ts'
import { connectRaw } from '@playhead/testing/server/rawConnection.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

const page = 'https://www.example.com'
const ours = { 'visitor.marketingCloudOrgId': 'ours@AdobeOrg', 'analytics.reportSuite': 'tv' }

async function send(url: string, body: object, origin?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: origin === undefined ? {} : { origin },
    body: JSON.stringify(body),
  })
}

async function problemsOf(response: Response): Promise<readonly (readonly [string, string])[]> {
  const { errors } = (await response.json()) as { errors: readonly { code: string; pointer: string }[] }
  return errors.map(({ code, pointer }) => [code, pointer])
}

describe('with lists of who may open sessions', () => {
  const folder = temporaryDataDir()
  let server: Server
  let sessions: string
  beforeAll(async () => {
    server = await startServer((await folder).path, {
      PLAYHEAD_VALIDATION: 'lenient',
      PLAYHEAD_COLLECT_ORG_IDS: 'ours@AdobeOrg, theirs@AdobeOrg',
      PLAYHEAD_COLLECT_REPORT_SUITES: 'tv,radio',
      PLAYHEAD_COLLECT_ORIGINS: `${page},capacitor://localhost`,
    })
    sessions = `${server.url}/api/v1/sessions`
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  test.each([
    ['a listed organisation, suite and origin', ours, page],
    ['the other origin', ours, 'capacitor://localhost'],
    ['an app, which has no origin', ours, undefined],
    ['several suites, all listed', { ...ours, 'analytics.reportSuite': 'radio, tv' }, page],
  ])('%s: taken', async (_, params, origin) => {
    expect((await send(sessions, startBody(undefined, params), origin)).status).toBe(201)
  })

  test('a page of a listed origin may read why its method is not known', async () => {
    const sent = `BEACON /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nOrigin: ${page}\r\n\r\n`
    const answer = await (await connectRaw(server.url, sent)).closed
    expect(answer).toMatch(/^HTTP\/1.1 501 /)
    expect(answer).toContain(`Access-Control-Allow-Origin: ${page}\r\n`)
  })

  const org = ['org_not_allowed', '/params/visitor.marketingCloudOrgId']
  const suite = ['report_suite_not_allowed', '/params/analytics.reportSuite']
  const origin = ['origin_not_allowed', '']
  test.each([
    ['another organisation', { ...ours, 'visitor.marketingCloudOrgId': 'Ours@AdobeOrg' }, page, [org]],
    ['none', { ...ours, 'visitor.marketingCloudOrgId': 7 }, page, [org]],
    ['another suite', { ...ours, 'analytics.reportSuite': 'tv2' }, page, [suite]],
    ['one suite of two', { ...ours, 'analytics.reportSuite': 'tv,tv2' }, page, [suite]],
    ['a suite without a name', { ...ours, 'analytics.reportSuite': ' , ' }, page, [suite]],
    ['another origin', ours, 'https://www.example.com.evil.example', [origin]],
    ['another port', ours, `${page}:444`, [origin]],
    [
      'all of that',
      { 'visitor.marketingCloudOrgId': '', 'analytics.reportSuite': '' },
      'null',
      [org, suite, origin],
    ],
  ])('%s: refused, also in a downloaded session', async (_, params, from, problems) => {
    const refused = await send(sessions, startBody(undefined, params), from)
    expect(refused.status).toBe(403)
    expect(await problemsOf(refused)).toEqual(problems)

    const list = [startBody(undefined, { ...params, 'media.downloaded': true })]
    for (const url of [sessions, `${server.url}/api/v1/downloaded`]) {
      const download = await send(url, list, from)
      expect(download.status).toBe(403)
      expect(await problemsOf(download)).toEqual(
        problems.map(([code, pointer]) => [code, pointer === '' ? '' : `/0${pointer}`]),
      )
    }
  })

  test('what is wrong with a body is said first', async () => {
    const refused = await send(sessions, { ...startBody(), playerTime: {} }, 'https://evil.example')
    expect(refused.status).toBe(400)
  })

  test('the events of an admitted session are asked nothing', async () => {
    const opened = await send(sessions, startBody(undefined, ours), page)
    const events = `${server.url}${opened.headers.get('location')}/events`
    const answer = await send(events, eventBody('play', Date.now(), 0), 'https://evil.example')
    expect(answer.status).toBe(204)
  })

  test.each([
    [page, page],
    ['https://evil.example', null],
  ])('a page of %s is told so by CORS', async (from, allowed) => {
    const headers = { origin: from, 'access-control-request-method': 'POST' }
    const answers = await Promise.all([
      fetch(sessions, { method: 'OPTIONS', headers }),
      send(sessions, startBody(undefined, ours), from),
      send(sessions, {}, from),
      send(`${server.url}/nowhere`, {}, from),
    ])
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(allowed)
      expect(answer.headers.get('vary')).toBe('Origin')
    }
  })

  test('refusals are seen in the live view', async () => {
    await send(sessions, startBody(undefined, { ...ours, 'analytics.reportSuite': 'mars' }), page)
    const live = await fetch(`${server.url}/reporting/v1/live`)
    const reader = live.body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    expect(new TextDecoder().decode(first?.value)).toContain('report_suite_not_allowed')
  })
})

test('without lists everyone is taken, and every page may read the answer', async () => {
  const answer = await send(`${inject('sharedUrl')}/api/v1/sessions`, startBody(), 'https://anyone.example')
  expect(answer.status).toBe(201)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('vary')).toBe(null)
})
