import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, openSession, post, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openPage, seriousProblems, settled, type Watched } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { playTimeline } from './sessions.ts'

let browser: Browser
let server: Server
/** A session with ads, chapters and a pause, and one of a player that reports much of its quality. */
let worked: string
let troubled: string

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_REORDER_WINDOW_MS: '0' }))
  worked = await playTimeline(server.url, 'chapters-around-ads.md')
  troubled = await playTroubled(server.url)
  for (const sid of [worked, troubled]) await reportOf(server.url, sid, isClosed)
  await until('the refusal', async () => {
    const answer = await fetch(`${server.url}/reporting/v1/refusals?sid=${troubled}`)
    return ((await answer.json()) as { refusals: unknown[] }).refusals.length > 0
  })
})

/** A minute of a player that stumbles, with one event of its own making among the others. */
async function playTroubled(url: string): Promise<string> {
  const startTs = Date.now() - 60_000
  const at = (second: number): number => startTs + second * 1000
  const location = await openSession(url, startBody(startTs))
  const send = (type: string, second: number, members: object = {}): Promise<Response> =>
    post(`${url}${location}/events`, eventBody(type, at(second), second, members))
  const qoe = (key: string, value: unknown) => ({ qoeData: { [`media.qoe.${key}`]: value } })
  await send('play', 0.001, qoe('timeToStart', 1900))
  await send('stateStart', 1, { params: { 'media.state.name': 'mute' } })
  await send('stateStart', 1.5, { params: { 'media.state.name': '__proto__' } })
  await send('bitrateChange', 2, qoe('bitrate', 800))
  for (let second = 3; second < 50; second += 1) await send('ping', second)
  await send('ping', 50, qoe('droppedFrames', 7))
  await send('rewind', 51)
  await send('error', 52, { qoeData: { 'media.qoe.errorID': 'E404', 'media.qoe.errorSource': 'player' } })
  await send('stateEnd', 53, { params: { 'media.state.name': 'mute' } })
  await send('ping', 54)
  await send('ping', 54, qoe('framesPerSecond', 24))
  await send('sessionEnd', 60)
  return location.split('/').at(-1) ?? ''
}

async function openDebugger(sid: string): Promise<Watched> {
  const watched = await openPage(browser)
  await watched.page.goto(`${server.url}/sessions/${sid}`)
  await settled(watched.page)
  return watched
}

const place = (page: Page): Promise<string> => page.locator('.steps span').innerText()

/** What a lane has, as it is read out. */
const laneOf = (page: Page, name: string): Promise<string[]> =>
  page.getByRole('list', { name, exact: true }).getByRole('listitem').allInnerTexts()

test('the keyboard goes through the events', async () => {
  const { page, troubles } = await openDebugger(worked)
  const scrub = page.getByRole('slider', { name: 'Go through the events' })
  await scrub.focus()
  expect(await place(page)).toBe('1 / 31: sessionStart')
  await scrub.press('ArrowRight')
  await scrub.press('ArrowRight')
  expect(await place(page)).toBe('3 / 31: adStart')
  expect(await scrub.getAttribute('aria-valuetext')).toBe('adStart 0:00')
  await scrub.press('ArrowLeft')
  expect(await place(page)).toBe('2 / 31: adBreakStart')
  await scrub.press('End')
  expect(await place(page)).toBe('31 / 31: sessionEnd')
  await page.getByRole('button', { name: 'Back' }).press('Enter')
  expect(await place(page)).toBe('30 / 31: sessionComplete')
  expect(troubles).toEqual([])
  await page.context().close()
})

test('a click into the picture picks the event that is nearest, and a drag goes on from there', async () => {
  const { page } = await openDebugger(troubled)
  const picture = page.locator('.session-figure svg')
  await picture.scrollIntoViewIfNeeded()
  const box = await picture.boundingBox()
  const eventX = async (nth: number): Promise<number> =>
    (box?.x ?? 0) + Number(await picture.locator('line.event').nth(nth).getAttribute('x1'))
  const y = (box?.y ?? 0) + 10
  await page.mouse.move(await eventX(4), y)
  await page.mouse.down()
  expect(await place(page)).toContain('5 / 58: bitrateChange')
  await page.mouse.move(await eventX(10), y)
  expect(await place(page)).toContain('11 / 58: ping')
  await page.mouse.up()
  await page.mouse.move(await eventX(20), y)
  expect(await place(page)).toContain('11 / 58: ping')
  await page.context().close()
})

test('the lanes are read out: what was when, ad breaks and troubles among them', async () => {
  const { page } = await openDebugger(worked)
  expect(await laneOf(page, 'Content')).toEqual(['0:22 – 0:33', '0:36 – 0:46', '0:54 – 1:04', '1:14 – 1:28'])
  expect(await laneOf(page, 'Ad breaks')).toEqual(['0:00 – 0:22', '0:46 – 0:54'])
  expect(await laneOf(page, 'Pause')).toEqual(['1:04 – 1:14'])
  await page.goto(`${server.url}/sessions/${troubled}`)
  await settled(page)
  expect(await laneOf(page, 'Bitrate')).toEqual(['800 kbit/s 0:02 – 1:00'])
  expect(await laneOf(page, 'Time to start')).toEqual(['1900 ms 0:00'])
  expect(await laneOf(page, 'Dropped frames')).toEqual(['7 0:50'])
  expect(await laneOf(page, 'Error events')).toEqual(['E404 0:52'])
  expect(await laneOf(page, 'Frames per second')).toEqual(['24 fps 0:54'])
  expect(await laneOf(page, 'Mute')).toEqual(['0:01 – 0:53'])
  expect(await laneOf(page, '__proto__')).toEqual(['0:02 – 1:00'])
  expect(await page.locator('.lane').count()).toBe(8)
  expect(await page.locator('.lane.of-marks rect').count()).toBe(4)
  expect(await seriousProblems(page)).toEqual([])
  await page.context().close()
})

test('what is odd about an event is said beside it', async () => {
  const { page } = await openDebugger(troubled)
  const odd = page.locator('.event-detail .diagnostics')
  expect(await odd.count()).toBe(0)
  await page.getByRole('slider', { name: 'Go through the events' }).press('End')
  await page.getByRole('button', { name: 'Back' }).click()
  expect(await place(page)).toBe('57 / 58: ping')
  await odd.getByText('equal_ts').waitFor()
  expect(await odd.innerText()).toContain('add a millisecond')
  await page.context().close()
})

test('the list of events follows, and the page does not move for it', async () => {
  const { page } = await openDebugger(troubled)
  const list = page.locator('.table.is-tall')
  const current = list.locator('[aria-current]')
  const within = async (row: Locator): Promise<boolean> => {
    const [rowBox, listBox] = [await row.boundingBox(), await list.boundingBox()]
    if (!rowBox || !listBox) return false
    return rowBox.y > listBox.y + 20 && rowBox.y + rowBox.height <= listBox.y + listBox.height + 1
  }
  const scrub = page.getByRole('slider', { name: 'Go through the events' })
  await scrub.focus()
  const before = await page.evaluate<number>('scrollY')
  for (const [key, text] of [
    ['End', '58'],
    ['Home', '1'],
  ] as const) {
    await scrub.press(key)
    expect(await current.locator('td').first().innerText()).toBe(text)
    expect(await within(current), `after ${key}`).toBe(true)
  }
  expect(await page.evaluate<number>('scrollY')).toBe(before)
  await page.context().close()
})

test('each ad, chapter and player state has its origin, marked in the picture', async () => {
  const { page } = await openDebugger(worked)
  const origin = async (id: string): Promise<string> => {
    await page.locator(`[data-metric="${id}"] summary`).click()
    return page.locator(`[data-metric="${id}"] .origin`).innerText()
  }
  expect(await origin('ads.2')).toMatch(/From #\d+ – To #\d+[\s\S]*0:15 – 0:22 \(#\d+ – #\d+\): 7 s/)
  expect(await page.locator('.marked').count()).toBe(1)
  expect(await origin('chapters.1')).toMatch(/From #\d+ – To #\d+/)
  await page.goto(`${server.url}/sessions/${troubled}`)
  await settled(page)
  expect(await origin('states.mute')).toMatch(/0:01 – 0:53 \(#3 – #\d+\): 52 s/)
  await page.context().close()
})

test('what was refused of the session is there; where nothing was, nothing is said', async () => {
  const { page, troubles } = await openDebugger(troubled)
  const refused = page.getByRole('region', { name: 'Refused requests' })
  await refused.locator('summary').click()
  expect(await refused.locator('pre').innerText()).toContain('"rewind"')
  await page.goto(`${server.url}/sessions/${worked}`)
  await settled(page)
  expect(await refused.count()).toBe(0)
  expect(troubles).toEqual([])
  await page.context().close()
})
