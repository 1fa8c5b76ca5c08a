import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { isClosed, reportOf } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { openPage, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { playTimeline } from './sessions.ts'

let browser: Browser
let server: Server
let sid: string

beforeAll(async () => {
  ;({ browser, server } = await openDashboard())
  sid = await playTimeline(server.url, 'chapters-around-ads.md')
  await reportOf(server.url, sid, isClosed)
})

/** The texts of charts that lie over another one of their chart, each with it. */
function overprinted(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.chart svg')].flatMap((chart) => {
    const texts = [...chart.querySelectorAll('text.tick')].map((text) => [text.textContent, text.getBoundingClientRect()])
    return texts.flatMap(([one, a], nth) =>
      texts
        .slice(nth + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)
        .map(([other]) => chart.getAttribute('aria-label') + ': ' + one + ' / ' + other),
    )
  })`)
}

test.each([
  [1280, 'en-US'],
  [360, 'en-US'],
  [1280, 'fr-FR'],
  [360, 'ja-JP'],
])('no text of an axis is over another one, at %d pixels in %s', async (width, locale) => {
  const { page, troubles } = await openPage(browser, { viewport: { width, height: 900 }, locale })
  const paths = ['1h', '24h', '7d', '30d', '90d'].map((range) => `overview?range=${range}`)
  for (const path of [...paths, `sessions/${sid}`]) {
    await page.goto(`${server.url}/${path}`)
    await settled(page)
    await page.locator('.chart svg text.tick').first().waitFor()
    expect([path, await overprinted(page)]).toEqual([path, []])
  }
  expect(troubles).toEqual([])
  await page.context().close()
})

test('charts are drawn along with their answers, before the browser tells how wide they are', async () => {
  const { page, troubles } = await openPage(browser)
  await page.addInitScript('ResizeObserver = class { observe() {} disconnect() {} }')
  for (const path of ['overview?range=24h', `sessions/${sid}`]) {
    await page.goto(`${server.url}/${path}`)
    await settled(page)
    const drawn = await page
      .locator('.chart')
      .evaluateAll((charts) => charts.map((chart) => chart.querySelectorAll('svg').length))
    expect(new Set(drawn), path).toEqual(new Set([1]))
  }
  expect(troubles).toEqual([])
  await page.context().close()
})

test('words of a table are not broken, and what an event is of is told with unit, zone and name', async () => {
  const { page, troubles } = await openPage(browser, { viewport: { width: 1280, height: 900 } })
  await page.goto(`${server.url}/overview?range=24h`)
  await settled(page)
  expect(await page.locator('tbody td').count()).toBeGreaterThan(10)
  const broken = await page.evaluate<string[]>(`[...document.querySelectorAll('tbody td')].flatMap((cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    const found = []
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const { index, 0: word } of text.data.matchAll(/(?<!\\S)\\S{2,20}(?!\\S)/g)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word)
      }
    }
    return found
  })`)
  expect(broken).toEqual([])
  await page.goto(`${server.url}/sessions/${sid}?tz=Asia/Kolkata`)
  await settled(page)
  const facts = page.locator('.event-detail .facts').first()
  expect((await facts.locator('dd').allInnerTexts()).slice(0, 2)).toEqual([
    expect.stringMatching(/\+05:30$/),
    expect.stringMatching(/\+05:30$/),
  ])
  expect(await page.locator('[data-metric=contentTimeSpent] b').innerText()).toMatch(/^\d+ s/)
  expect(troubles).toEqual([])
  await page.context().close()
})
