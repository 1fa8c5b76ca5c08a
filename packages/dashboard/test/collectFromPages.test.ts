import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openPage } from './browser.ts'
import { openDashboard } from './openDashboard.ts'

// What docs/players.md says of web pages: the page is of another origin than the server.

const pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>'))
let browser: Browser
let server: Server
let page: Page
let troubles: string[]

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_REORDER_WINDOW_MS: '0' }))
  pages.listen(0, '127.0.0.1')
  await once(pages, 'listening')
})
afterAll(() => pages.close())

beforeEach(async () => {
  ;({ page, troubles } = await openPage(browser))
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}`)
  return () => page.context().close()
})

/** How many sessions of a content there are, the open ones too. */
async function sessionsOf(content: string): Promise<number> {
  const answer = await fetch(`${server.url}/reporting/v1/sessions?contentId=${encodeURIComponent(content)}`)
  const { sessions = [] } = (await answer.json()) as { sessions?: unknown[] }
  return sessions.length
}

/** Post a start from the page; answers the `Location` that its script can read, or the name of the error. */
function startFromPage(content: string, options: object): Promise<string | null> {
  const init = {
    method: 'POST',
    body: JSON.stringify(startBody(Date.now(), { 'media.id': content })),
    ...options,
  }
  return page.evaluate<string | null>(
    `fetch('${server.url}/api/v1/sessions', ${JSON.stringify(init)}).then((answer) => answer.headers.get('location'), (error) => error.name)`,
  )
}

test('a start as JSON, behind a preflight, gives its Location to the page', async () => {
  const headers = { 'content-type': 'application/json', 'x-player': '1' }
  expect(await startFromPage('json', { headers })).toMatch(/^\/api\/v1\/sessions\/[0-9a-f]{64}$/)
  expect(troubles).toEqual([])
})

test('a beacon of text arrives, though the page is left', async () => {
  const ts = Date.now()
  const location = await openSession(server.url, startBody(ts))
  const end = JSON.stringify(eventBody('sessionEnd', ts + 1000, 0))
  await page.evaluate(`addEventListener('pagehide', () =>
    navigator.sendBeacon('${server.url}${location}/events', ${JSON.stringify(end)}))`)
  await page.goto('about:blank')
  await reportOf(server.url, location.split('/').at(-1) ?? '', isClosed)
})

test('a beacon of JSON does not: the browser asks first, with credentials', async () => {
  const location = await openSession(server.url)
  const ping = JSON.stringify(eventBody('ping', Date.now(), 0))
  await page.evaluate(`navigator.sendBeacon('${server.url}${location}/events',
    new Blob([${JSON.stringify(ping)}], { type: 'application/json' }))`)
  await until('the refusal of the browser', async () =>
    troubles.some((trouble) => trouble.startsWith('failed: ')),
  )
})

test('of a fetch with credentials the page sees no answer; its session is open, and stays empty', async () => {
  expect(await startFromPage('with credentials', { credentials: 'include' })).toBe('TypeError')
  await until('the session', async () => (await sessionsOf('with credentials')) === 1)
})
