import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { openPage, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { daysAroundNow } from './sessions.ts'

let browser: Browser
let server: Server

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_REORDER_WINDOW_MS: '0' }))
  const sids = await Promise.all([watchFilm(server.url, 'tv'), watchFilm(server.url, 'phone')])
  for (const sid of sids) await reportOf(server.url, sid, isClosed)
})

/** Fifty of a hundred seconds of a film, after two breaks without a name, in states that no SDK knows, and muted. */
function watchFilm(url: string, player: string): Promise<string> {
  const ts = Date.now() - 120_000
  const at = (s: number, type: string, playhead: number, params?: object) =>
    eventBody(type, ts + s * 1000, playhead, params && { params })
  const breakOf = (from: number, index: number) => [
    at(from, 'adBreakStart', 0, { 'media.ad.podIndex': index, 'media.ad.podSecond': 30 * index }),
    at(from, 'adStart', 0, {
      'media.ad.id': `ad ${index}`,
      'media.ad.length': 10,
      'media.ad.podPosition': 1,
      'media.ad.playerName': player,
    }),
    at(from + 10, 'adComplete', 0),
    at(from + 10, 'adBreakComplete', 0),
  ]
  const states = player === 'tv' ? ['Theatre', 'mute'] : ['Theatre']
  return play(url, [
    startBody(ts, { 'media.id': 'film', 'media.name': 'The film', 'media.playerName': player }),
    ...breakOf(0, 0),
    ...breakOf(10, 1),
    at(20, 'play', 0),
    ...states.map((name) => at(20, 'stateStart', 0, { 'media.state.name': name })),
    at(70, 'ping', 50),
    at(70, 'sessionEnd', 50),
  ])
}

async function openAt(path: string) {
  const opened = await openPage(browser)
  await opened.page.goto(server.url + path)
  await settled(opened.page)
  return opened
}

test('a content has its own average minute audience, beside that of each moment', async () => {
  const { page, troubles } = await openAt('/content/film')
  const tile = page.locator('.tile', { hasText: 'Average minute audience' })
  // Two sessions of fifty seconds each, of a content of a hundred.
  expect(await tile.locator('.figure').getAttribute('title')).toBe('1')
  await page.goto(`${server.url}/content`)
  const table = page.getByRole('region', { name: 'All content' })
  const cell = table.locator('td[data-title="Average minute audience"]')
  expect(await cell.first().innerText()).toBe('1')
  expect(troubles).toEqual([])
  await page.context().close()
})

test('breaks without a name are told apart', async () => {
  const { page, troubles } = await openAt(`/ads?${daysAroundNow}`)
  const rows = page.getByRole('region', { name: 'Ad breaks' }).first().locator('tbody tr')
  const cells = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()))
  expect(new Set(cells.map((row) => row.slice(0, 5)))).toEqual(
    new Set([
      ['The film', '0', 'not sent', '0:00', '2'],
      ['The film', '1', 'not sent', '0:30', '2'],
    ]),
  )
  expect(troubles).toEqual([])
  await page.context().close()
})

test('the states that players sent are there, whatever they are called, and by player', async () => {
  const { page, troubles } = await openAt('/states')
  const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts()
  expect(headings).toEqual(['Player states', 'Time spent', 'Theatre', 'Mute', 'Content player name'])
  expect(await page.getByRole('region', { name: 'Mute', exact: true }).count()).toBe(1)
  const rows = page.getByRole('region', { name: 'Content player name' }).first().locator('tbody tr')
  const cells = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()))
  expect(new Set(cells)).toEqual(
    new Set([
      ['phone', '1', '1', '0'],
      ['tv', '1', '1', '1'],
    ]),
  )
  expect(troubles).toEqual([])
  await page.context().close()
})

test('the length of the intervals of a chart can be chosen', async () => {
  const { page, troubles } = await openAt('/overview?range=24h')
  const panel = page.getByRole('region', { name: 'Playback time spent', exact: true })
  const choice = panel.getByLabel('Intervals of')
  expect(await choice.locator('option').allInnerTexts()).toEqual([
    '1 minute',
    '5 minutes',
    '15 minutes',
    '30 minutes',
    '1 hour',
  ])
  expect(await choice.inputValue()).toBe('fifteenMinutes')
  const answered = page.waitForResponse((response) => response.url().endsWith('/panels/time-spent'))
  await choice.selectOption({ label: '1 hour' })
  const { granularity, rows } = (await (await answered).json()) as { granularity: string; rows: object[] }
  expect(granularity).toBe('hour')
  expect([24, 25]).toContain(rows.length)
  await settled(page)
  expect(troubles).toEqual([])
  await page.context().close()
})

test('dates and clocks are those of where the reader is, also in English', async () => {
  for (const [locale, day, clock] of [
    ['en-US', /[A-Z][a-z]{2} \d{1,2}, \d{4}/, /\d (AM|PM)/],
    ['de-DE', /\d{1,2} [A-Z][a-z]{2,3} \d{4}/, /\d{1,2}:\d{2}/],
  ] as const) {
    const { page } = await openPage(browser, { locale })
    await page.goto(`${server.url}/sessions`)
    await settled(page)
    const began = await page.locator('main tbody tr').first().innerText()
    expect(began).toMatch(day)
    expect(began).toMatch(clock)
    if (locale === 'de-DE') expect(began).not.toMatch(/\b(AM|PM)\b/i)
    await page.context().close()
  }
})
