import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportOf } from '../../server/test/support/player.ts'
import { type Server, startServer, temporaryDataDir } from '../../server/test/support/startServer.ts'
import { openBrowser, openPage, settled } from './browser.ts'
import { openNamed } from './sessions.ts'

/** Ids that an address has to escape. Read twice, some of them are another one of them. */
const ids = ['100%', 'a b', 'a%20b', 'a/b?c#d', 'a%2Fb?c#d', 'a+b&where=x']

const folder = temporaryDataDir()
let browser: Browser
let server: Server

beforeAll(async () => {
  server = await startServer((await folder).path)
  browser = await openBrowser()
  const opened = await Promise.all(ids.map((id) => openNamed(server.url, id)))
  await Promise.all(opened.map((sid) => reportOf(server.url, sid, () => true)))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await (await folder).remove()
})

test.each(ids)('all that is known of the content %s is found by its id, whatever is in it', async (id) => {
  const { page, troubles } = await openPage(browser)
  const isFound = async (): Promise<void> => {
    await settled(page)
    expect(await page.locator('h1').innerText()).toBe(id)
    expect(await page.locator('.tile', { hasText: 'Media starts' }).locator('.figure').innerText()).toBe('1')
  }
  await page.goto(`${server.url}/content`)
  await page.getByRole('link', { name: id, exact: true }).click()
  await isFound()
  await page.reload()
  await isFound()
  await page.getByRole('combobox', { name: 'Period' }).selectOption('24h')
  await isFound()
  expect(new URL(page.url()).pathname).toBe(`/content/${encodeURIComponent(id)}`)
  expect(troubles).toEqual([])
  await page.context().close()
})

test.each(ids)('a page is narrowed down to %s, and its address says so', async (id) => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}/overview`)
  await page
    .getByRole('region', { name: 'Content player name' })
    .getByRole('button', { name: id, exact: true })
    .click()
  const isNarrowed = async (): Promise<void> => {
    await settled(page)
    expect(await page.locator('.chip').innerText()).toBe(`Content player name is ${id} ×`)
    expect(await page.locator('.tile', { hasText: 'Media starts' }).locator('.figure').innerText()).toBe('1')
  }
  await isNarrowed()
  expect(new URL(page.url()).searchParams.getAll('where')).toEqual([`playerName:is:${id}`])
  await page.reload()
  await isNarrowed()
  await page.getByRole('navigation').getByRole('link', { name: 'Content', exact: true }).click()
  await isNarrowed()
  expect(troubles).toEqual([])
  await page.context().close()
})

test('a page that fails leaves the menu usable', async () => {
  const { page } = await openPage(browser)
  await page.route(/AdsPage-[^/]*\.js$/, (route) => route.abort())
  await page.goto(`${server.url}/ads`)
  await page.locator('main').getByRole('alert').waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Content', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Content' }).waitFor()
  await page.context().close()
})
