import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { openPage, seriousProblems, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openNamed, sendRefused } from './sessions.ts'

/** Ids that an address has to escape. Read twice, some of them are another one of them. */
const ids = ['100%', 'a b', 'a%20b', 'a/b?c#d', 'a%2Fb?c#d', 'a+b&where=x']

let browser: Browser
let server: Server
/** A session of three events. */
let played: string

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_REORDER_WINDOW_MS: '0' }))
  const opened = await Promise.all(ids.map((id) => openNamed(server.url, id)))
  await Promise.all(opened.map((sid) => reportOf(server.url, sid, () => true)))
  const nowMs = Date.now()
  played = await play(server.url, [
    { ...startBody(nowMs), customMetadata: { 'app.plan': 'gold', shelf: 'top 10' } },
    eventBody('play', nowMs + 1, 0),
    eventBody('sessionEnd', nowMs + 2, 0),
  ])
  await reportOf(server.url, played, isClosed)
  await sendRefused(server.url)
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

test('no page refuses a filter that another page, or the menu of filters, has offered', async () => {
  const { page, troubles } = await openPage(browser)
  const kept = [
    'contentSegment:is:1',
    'averageBitrateBucket:is:1000',
    'status:is:closed',
    'closeCause:contains:end',
  ]
  const where = kept.map((filter) => `where=${encodeURIComponent(filter)}`).join('&')
  for (const path of [
    'overview',
    'content',
    'content/content',
    'ads',
    'chapters',
    'quality',
    'states',
    'sessions',
  ]) {
    await page.goto(`${server.url}/${path}?${where}`)
    await settled(page)
    expect([path, await page.locator('.chip').count()]).toEqual([path, kept.length])
  }
  expect(troubles).toEqual([])
  await page.context().close()
})

test('each panel that can be compared shows what it is compared with', async () => {
  const { page, troubles } = await openPage(browser)
  const panel = (name: string) => page.getByRole('region', { name, exact: true })
  const comparedIn = async (name: string) => [
    await panel(name).locator('.line.is-compared, .bars .compared').count(),
    await panel(name).locator('.key.is-compared').count(),
  ]
  const panels = [
    ['overview', 'Concurrent viewers', 2, 2],
    ['overview', 'Starts by time of day', 24, 1],
    ['content/content', 'Average minute audience', 1, 1],
    ['content/content', 'Retention', 1, 1],
    ['content/content', 'Completion funnel', 8, 1],
  ] as const
  for (const [path, name, drawn, named] of panels) {
    await page.goto(`${server.url}/${path}?range=24h&compare=previous`)
    await settled(page)
    expect(await comparedIn(name), name).toEqual([drawn, named])
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('none')
    await settled(page)
    expect(await comparedIn(name), name).toEqual([0, 0])
  }
  expect(troubles).toEqual([])
  await page.context().close()
})

test('custom metadata is offered by its keys: to break down by, and to filter', async () => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}/overview?range=24h`)
  await settled(page)
  const panel = page.getByRole('region', { name: 'Custom metadata', exact: true })
  await panel.getByLabel('Dimension').selectOption('shelf')
  await panel.getByRole('button', { name: 'top 10', exact: true }).waitFor()
  await until('the key', async () => new URL(page.url()).searchParams.get('metadata') === 'c.shelf')
  await page.reload()
  await panel.getByRole('button', { name: 'top 10', exact: true }).click()
  await page.getByRole('button', { name: 'Remove the filter shelf is top 10' }).waitFor()

  await page.getByText('Add a filter').click()
  const form = page.locator('.add-filter form')
  await form.getByLabel('Dimension').selectOption('app.plan')
  await form.getByLabel('Value').fill('gol')
  await form.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('button', { name: 'Remove the filter app.plan contains gol' }).waitFor()
  await settled(page)
  expect(await page.locator('.tile', { hasText: 'Media starts' }).locator('.figure').innerText()).toBe('1')
  expect(await seriousProblems(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('which keys of custom metadata there are is asked once, and a refusal of it is told', async () => {
  const { page } = await openPage(browser)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('custom-metadata')) asked.push(request.url())
  })
  await page.clock.install({ time: new Date().setUTCHours(12, 0, 0, 0) })
  await page.goto(`${server.url}/overview?range=24h`)
  await settled(page)
  const query = page.waitForRequest('**/reporting/v1/query')
  await page.clock.fastForward('01:05')
  await query
  await settled(page)
  for (const name of ['Content', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await settled(page)
  }
  expect(asked).toHaveLength(1)

  await page.route('**/reporting/v1/custom-metadata?*', (route) =>
    route.fulfill({ status: 413, json: { message: 'too much' } }),
  )
  await page.reload()
  const panel = page.getByRole('region', { name: 'Custom metadata', exact: true })
  await panel.getByRole('alert').getByText('too much').waitFor()
  await page.context().close()
})

test('an address names the time zone of who copies it, and the page goes by the zone of its address', async () => {
  const inBerlin = await openPage(browser, { timezoneId: 'Europe/Berlin' })
  await inBerlin.page.goto(`${server.url}/overview?range=24h`)
  await settled(inBerlin.page)
  const address = inBerlin.page.url()
  expect(new URL(address).search).toBe('?range=24h&tz=Europe%2FBerlin')
  await inBerlin.page.context().close()

  const { page, troubles } = await openPage(browser, { timezoneId: 'America/Los_Angeles' })
  await page.goto(address)
  await settled(page)
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  expect(await zone.inputValue()).toBe('Europe/Berlin')
  const asked = page.waitForRequest((request) => request.postData()?.includes('Asia/Tokyo') ?? false)
  await zone.focus()
  await page.keyboard.type('Asia/Tok')
  await asked
  expect(new URL(page.url()).searchParams.get('tz')).toBe('Asia/Tokyo')
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])
  await page.goBack()
  expect(troubles).toEqual([])
  await page.context().close()
})

test('what is searched for, chosen and stepped to is in the address', async () => {
  const { page, troubles } = await openPage(browser)
  const isInAddress = (name: string, value: string | null) =>
    until(`${name} to be ${value}`, async () => new URL(page.url()).searchParams.get(name) === value)

  await page.goto(`${server.url}/sessions`)
  await page.getByLabel('Search').fill('100%')
  await isInAddress('q', '100%')
  await page.reload()
  expect(await page.getByLabel('Search').inputValue()).toBe('100%')
  await until('one session', async () => (await page.locator('tbody tr').count()) === 1)
  await page.getByLabel('Search').fill('')
  await isInAddress('q', null)

  await page.goto(`${server.url}/health`)
  await page.locator('tbody button.link').first().click()
  await page.locator('.chip').waitFor()
  const code = await page.locator('.chip code').innerText()
  await isInAddress('code', code)
  await page.reload()
  expect(await page.locator('.chip code').innerText()).toBe(code)

  await page.goto(`${server.url}/content/content?range=24h`)
  const interval = page.getByRole('region', { name: 'Average minute audience' }).getByLabel('Interval')
  await interval.selectOption('hour')
  await isInAddress('averageMinuteAudienceInterval', 'hour')
  await page.reload()
  await settled(page)
  expect(await interval.inputValue()).toBe('hour')

  await page.goto(`${server.url}/sessions/${played}`)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.locator('[data-metric=pauseEvents] summary').click()
  await isInAddress('event', '3')
  await isInAddress('metric', 'pauseEvents')
  await page.reload()
  await page.getByText('3 / 3').waitFor()
  await page.locator('[data-metric=pauseEvents][open]').waitFor()
  await page.goto(`${server.url}/sessions/${played}?event=99`)
  await page.getByText('3 / 3').waitFor()
  await page.goto(`${server.url}/sessions/${played}?event=none`)
  await page.getByText('1 / 3').waitFor()
  expect(troubles).toEqual([])
  await page.context().close()
})

test('from a session the menu leads back to what was looked at, and a page that cannot be narrowed says so', async () => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}/sessions?range=24h&where=${encodeURIComponent('playerName:is:player')}`)
  await page.locator(`a[href*="${played}"]`).click()
  await page.getByText('1 / 3').waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Instrumentation', exact: true }).click()
  await page.getByText('segment and filters do not narrow it').waitFor()
  expect(new URL(page.url()).search).toBe('?range=24h&tz=UTC&where=playerName%3Ais%3Aplayer')
  await page.getByRole('navigation').getByRole('link', { name: 'Live', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor()
  await page.getByText('segment and filters do not narrow it').waitFor()
  await page.goto(`${server.url}/health`)
  await settled(page)
  expect(await page.getByText('segment and filters do not narrow it').count()).toBe(0)
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

test('a page that fails for what it looks at is tried anew when it looks at something else', async () => {
  const { page } = await openPage(browser)
  // An answer without its members is more than a page can take.
  await page.route('**/reporting/v1/query', (route) =>
    route.request().postData()?.includes('unbearable') ? route.fulfill({ json: {} }) : route.continue(),
  )
  await page.goto(`${server.url}/content?where=${encodeURIComponent('contentName:is:unbearable')}`)
  const failure = page.locator('main > .failure')
  await failure.waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Content', exact: true }).click()
  await failure.waitFor()
  await page.evaluate(`history.pushState(null, '', location.pathname)`)
  await settled(page)
  await page.getByRole('heading', { level: 1, name: 'Content' }).waitFor()
  // A sound page is the same one when its address changes.
  await page.evaluate(`document.querySelector('h1').dataset.isSame = 'true'`)
  await page.getByRole('combobox', { name: 'Period' }).selectOption('24h')
  await settled(page)
  expect(await page.locator('h1').getAttribute('data-is-same')).toBe('true')
  await page.context().close()
})

test('when a minute has gone by, what is shown stays until there is something newer', async () => {
  const { page, troubles } = await openPage(browser)
  await page.clock.install()
  await page.goto(`${server.url}/overview`)
  await settled(page)
  const shown = page.locator('main :is(tbody tr, .tile, .chart svg)')
  const count = await shown.count()
  expect(count).toBeGreaterThan(10)
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/reporting/v1/*', async (route) => {
    await held
    await route.continue()
  })
  await page.clock.fastForward('01:05')
  await page.locator('main [aria-busy="true"]').first().waitFor()
  expect(await shown.count()).toBe(count)
  letGo()
  await settled(page)
  expect(troubles).toEqual([])
  await page.context().close()
})

test('what there is not is said once, and leads on', async () => {
  const { page } = await openPage(browser)
  await page.goto(`${server.url}/overview?segment=foo`)
  await settled(page)
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([
    'This part of the address was not understood and is left out: segment=foo',
  ])
  await page.goto(`${server.url}/overview?range=24h&where=${encodeURIComponent('contentId:is:nowhere')}`)
  await settled(page)
  await page.getByText('Nothing in this period matches segment and filters.').first().waitFor()
  expect(await page.getByText('There is nothing in this period.').count()).toBe(0)
  await page.goto(`${server.url}/overview/unknown?range=24h`)
  await page.getByRole('heading', { level: 1, name: 'There is no such page.' }).waitFor()
  expect(await page.getByRole('navigation').locator('[aria-current]').count()).toBe(0)
  await page.locator('main').getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  expect(new URL(page.url()).searchParams.get('range')).toBe('24h')
  await page.goto(`${server.url}/sessions/${played}`)
  await settled(page)
  expect(await page.getByRole('navigation').locator('[aria-current]').innerText()).toBe('Sessions')
  await page.context().close()
})
