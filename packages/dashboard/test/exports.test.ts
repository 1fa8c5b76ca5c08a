import type { Browser, Locator } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { isClosed, reportOf } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openPage, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { coloursOf, heightOf, readCsv, saved } from './saved.ts'
import { daysAroundNow, hostileTitles, openNamed, playMuted, playTimeline, sendRefused } from './sessions.ts'

let browser: Browser
let server: Server
let sid: string

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_REORDER_WINDOW_MS: '0' }))
  sid = await playTimeline(server.url, 'chapters-around-ads.md')
  for (const title of hostileTitles) await openNamed(server.url, title)
  const muted = await playMuted(server.url)
  await sendRefused(server.url)
  for (const each of [sid, muted]) await reportOf(server.url, each, isClosed)
  await until('the refusal', async () => {
    const answer = await fetch(`${server.url}/reporting/v1/refusals`)
    return ((await answer.json()) as { refusals: unknown[] }).refusals.length > 0
  })
})

const range = `?${daysAroundNow}`

/** Whatever shows figures: nothing of it may be without its two buttons. */
const figures = 'table, .chart svg, .bars, .refusals, .metrics, .tile'

/** Pages on which every session's title is. */
const withTitles = new Set(['/', '/overview', '/content', '/quality', '/sessions'])

test.each([
  ['/', 6],
  ['/overview', 9],
  [`/content/${encodeURIComponent('VA API Sample Player')}`, 7],
  ['/content', 7],
  ['/ads', 7],
  ['/chapters', 5],
  ['/quality', 9],
  ['/states', 4],
  ['/sessions', 1],
  ['/health', 4],
  ['the session', 4],
])('every chart and table of %s is saved, as CSV and as PNG', async (path, least) => {
  const { page, troubles } = await openPage(browser)
  await page.goto(server.url + (path === 'the session' ? `/sessions/${sid}` : path + range))
  await settled(page)
  const parts = page.locator('main :is(.panel, .tiles-box)').filter({ has: page.locator(figures) })
  const titleOf = async (part: Locator): Promise<string> =>
    (await part.getAttribute('aria-label')) ?? (await part.locator('h2').first().innerText())
  // A panel around tiles has the title of these.
  const titles = new Set(await Promise.all((await parts.all()).map(titleOf)))
  expect(titles.size).toBeGreaterThanOrEqual(least)
  const cells = new Set<string>()
  for (const part of await parts.all()) {
    const title = await titleOf(part)
    const [head = [], ...rows] = readCsv(await saved(part, 'CSV'))
    expect(rows.length, title).toBeGreaterThan(0)
    expect(rows.length, title).toBeGreaterThanOrEqual(await part.locator('tbody tr').count())
    for (const cell of rows.flat()) cells.add(cell)
    for (const row of rows) {
      expect(row.length, title).toBe(head.length)
      expect(
        row.filter((cell) => /^[=+@\t]/.test(cell)),
        title,
      ).toEqual([])
    }
    const png = await saved(part, 'PNG')
    expect(heightOf(png), title).toBeGreaterThan(100)
    expect((await coloursOf(page, png)).size, title).toBeGreaterThan(2)
  }
  // A title that would be a formula is there, and is none.
  if (withTitles.has(path)) expect(cells).toContain(`'${hostileTitles[1]}`)
  expect(troubles).toEqual([])
  await page.context().close()
})

test('the picture of a chart says what it is, and which line is what', async () => {
  const { page } = await openPage(browser)
  await page.goto(`${server.url}/overview${range}&compare=previous`)
  await settled(page)
  const part = page.getByRole('region', { name: 'Starts', exact: true })
  const rgb = async (selector: string, property: string): Promise<string> => {
    const read = `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`
    const colour = await page.evaluate<string>(read)
    return colour.replace(/^rgb\((.*)\)$/, '$1').replaceAll(' ', '')
  }
  const ink = await rgb('body', 'color')
  const keys = await part.locator('.legend .key').allInnerTexts()
  expect(keys).toHaveLength(6)
  const png = await saved(part, 'PNG')
  const chartHeight = (await part.locator('.chart svg').boundingBox())?.height ?? 0
  const [title, caption, chart] = [2 * (16 + 24), 2 * 2 * 18, 2 * chartHeight]
  expect((await coloursOf(page, png, [0, title])).get(ink)).toBeGreaterThan(100)
  expect((await coloursOf(page, png, [title, title + caption])).get(ink)).toBeGreaterThan(100)
  const legend = await coloursOf(page, png, [title + caption + chart, heightOf(png)])
  for (const nth of [0, 1, 2]) {
    const line = await rgb(`.legend .key.of-${nth}`, 'color')
    // A whole line of 14 by 3 and a dashed one, twice as large in the picture, and two names in the same colour.
    expect(legend.get(line), `line ${nth}`).toBeGreaterThan(4 * 14 * 3 + 4 * 10 * 3 + 100)
  }
  await page.context().close()
})

test('a picture has the figures as the page writes them, and says what they are of', async () => {
  const { page, troubles } = await openPage(browser)
  await page.addInitScript(`{
    window.drawn = []
    const { fillText } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.fillText = function (...drawn) {
      window.drawn.push(drawn[0])
      return fillText.apply(this, drawn)
    }
  }`)
  const drawn = () => page.evaluate<string[]>('window.drawn.splice(0)')
  const only = `where=${encodeURIComponent('playerName:is-not:nobody')}&segment=video`
  await page.goto(`${server.url}/overview?range=2026-11-02..2026-12-01&tz=Asia/Tokyo&${only}`)
  await settled(page)
  const tiles = page.locator('.tiles-box')
  await saved(tiles, 'PNG')
  const texts = await drawn()
  const head = texts.indexOf('Metrics')
  const [title, ...caption] = texts.slice(0, head)
  expect([title, caption.join(' · ')]).toEqual([
    'Overview',
    'Nov 2, 2026, 12:00:00 AM – Dec 2, 2026, 12:00:00 AM (Asia/Tokyo) · Segment: Media stream type: video · Content player name is not nobody',
  ])
  const shown = (await tiles.locator('.tile').allInnerTexts()).map((tile) => tile.split('\n'))
  expect(texts.slice(head)).toEqual(['Metrics', 'Value', ...shown.flat()])
  await page.goto(`${server.url}/sessions/${sid}`)
  await settled(page)
  await saved(page.getByRole('region', { name: 'Events', exact: true }).first(), 'PNG')
  expect((await drawn()).slice(0, 2)).toEqual(['Events', '#'])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('times and breaks are saved as they are told elsewhere', async () => {
  const { page } = await openPage(browser)
  const part = (name: string) => page.getByRole('region', { name, exact: true }).first()
  await page.goto(`${server.url}/overview${range}&tz=Asia/Kolkata`)
  await settled(page)
  const timesOf = async (name: string) =>
    readCsv(await saved(part(name), 'CSV'))
      .slice(1)
      .map(([time]) => time ?? '')
  const all = [...(await timesOf('Starts')), ...(await timesOf('Playback time spent'))]
  expect(all.length).toBeGreaterThan(2)
  expect(all.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+05:30$/.test(time))).toEqual([])
  await page.goto(`${server.url}/ads${range}`)
  await settled(page)
  const [head, ...rows] = readCsv(await saved(part('Ad breaks'), 'CSV'))
  expect(head?.slice(0, 2)).toEqual(['Content name', 'Ad pod'])
  const shown = await part('Ad breaks').locator('tbody tr td:nth-child(2)').allInnerTexts()
  expect(shown).toEqual(rows.map(([, number]) => number))
  expect(new Set(shown)).toEqual(new Set(['0', '1']))
  await page.context().close()
})

test('of a table of which the page shows the beginning all is saved, and what it is compared with', async () => {
  const names = Array.from({ length: 12 }, (_, nth) => `one of many ${nth}`)
  const opened = await Promise.all(names.map((name) => openNamed(server.url, name)))
  await Promise.all(opened.map((id) => reportOf(server.url, id, () => true)))
  const { page, troubles } = await openPage(browser)
  const only = `where=${encodeURIComponent('contentName:contains:one of many')}`
  await page.goto(`${server.url}/overview${range}&compare=previous&${only}`)
  await settled(page)
  const part = page
    .locator('.panel')
    .filter({ has: page.getByRole('heading', { name: 'Content', exact: true }) })
  expect(await part.locator('tbody tr').count()).toBe(10)
  const [head, ...rows] = readCsv(await saved(part, 'CSV'))
  expect(head?.slice(2)).toEqual([
    'Media starts',
    'Content time spent',
    'Content completion rate',
    'Media starts, before',
    'Content time spent, before',
    'Content completion rate, before',
  ])
  expect(new Set(rows.map(([id]) => id))).toEqual(new Set(names))
  expect(rows.map((row) => [row[2], row[5]])).toEqual(names.map(() => ['1', '0']))
  expect(troubles).toEqual([])
  await page.context().close()
})

test('all sessions are saved, where the page shows a hundred', async () => {
  const opened = await Promise.all(
    Array.from({ length: 101 }, (_, nth) => openNamed(server.url, `session ${nth}`)),
  )
  await Promise.all(opened.map((id) => reportOf(server.url, id, () => true)))
  const { page } = await openPage(browser)
  await page.goto(`${server.url}/sessions${range}`)
  await settled(page)
  const part = page.locator('.panel')
  expect(await part.locator('tbody tr').count()).toBe(100)
  const [, ...rows] = readCsv(await saved(part, 'CSV'))
  const contents = new Set(rows.map(([content]) => content))
  for (const nth of [0, 50, 100]) expect(contents).toContain(`session ${nth}`)
  expect(rows.length).toBeGreaterThan(101)
  await page.context().close()
})

test('a file that cannot be made says why', async () => {
  const { page } = await openPage(browser)
  await page.goto(`${server.url}/sessions${range}`)
  await settled(page)
  await page.route('**/reporting/v1/sessions?*', (route) => route.abort())
  await page.getByRole('button', { name: /^CSV/ }).press('Enter')
  await page.locator('.tools').getByRole('alert').waitFor()
  await page.context().close()
})

test('what is saved is asked for once, however often the button is clicked, and no more on another page', async () => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}/sessions${range}`)
  await settled(page)
  const asked: string[] = []
  const left: string[] = []
  page.on('requestfailed', (request) => left.push(request.url()))
  // Of all of them, which is never answered.
  await page.route('**/reporting/v1/sessions?*limit=1000*', (route) => {
    asked.push(route.request().url())
  })
  const csv = page.getByRole('button', { name: /^CSV/ })
  await csv.click()
  await page.locator('.tools [aria-busy="true"]').waitFor()
  await csv.press('Enter')
  await csv.click({ force: true })
  await page.getByRole('navigation').getByRole('link', { name: 'Content', exact: true }).click()
  await until('the question to be dropped', async () => left.some((url) => url.includes('limit=1000')))
  expect(asked).toHaveLength(1)
  expect(troubles).toEqual([])
  await page.context().close()
})
