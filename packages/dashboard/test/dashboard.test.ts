import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionMetrics } from '@playhead/protocol/reporting'
import { isClosed, reportOf } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openBrowser, openPage, seriousProblems, settled } from './browser.ts'
import {
  daysAroundNow,
  hostileTitles,
  openNamed,
  playStarted,
  playTimeline,
  sendRefused,
} from './sessions.ts'

/** Every page that the menu leads to, and its heading. */
const menu = [
  ['/', 'Live'],
  ['/overview', 'Overview'],
  ['/content', 'Content'],
  ['/ads', 'Ads'],
  ['/chapters', 'Chapters'],
  ['/quality', 'Quality'],
  ['/states', 'Player states'],
  ['/sessions', 'Sessions'],
  ['/health', 'Instrumentation'],
  ['/try', 'Try it'],
] as const

/** Metrics of the session that is looked at that follow from others, or were not sent: a rule is their whole origin. */
const followingMetrics = [
  'averageMinuteAudience',
  'contentSegment',
  'sinceLastCall',
  'averageBitrate',
  'averageBitrateBucket',
  'playerSdkErrors',
  'externalErrors',
  'timeToStart',
  'framesPerSecond',
]

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe('without data', () => {
  const folder = temporaryDataDir()
  let server: Server
  beforeAll(async () => {
    server = await startServer((await folder).path)
    await until('the store', async () => (await fetch(`${server.url}/reporting/v1/sessions`)).ok)
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  test.each(menu)('%s opens, and says that there is nothing', async (path, title) => {
    const { page, troubles } = await openPage(browser)
    await page.goto(server.url + path)
    await settled(page)
    expect(await page.locator('h1').textContent()).toContain(title)
    expect(await page.title()).toBe(`${title} · Playhead`)
    expect(await seriousProblems(page)).toEqual([])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('a content that nobody has watched says so, and a session that there is not', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/content/nothing`)
    await settled(page)
    expect(await page.locator('h1').textContent()).toBe('nothing')
    expect(await page.locator('.none').count()).toBeGreaterThan(0)
    expect(await seriousProblems(page)).toEqual([])
    expect(troubles).toEqual([])
    const unknown = `${server.url}/sessions/${'0'.repeat(64)}`
    await page.goto(unknown)
    await page.getByRole('alert').getByText('The store knows no session').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    // The answer itself is all that went wrong.
    expect(troubles.filter((trouble) => !/404/.test(trouble))).toEqual([])
    await page.context().close()
  })

  test('the first visit says how to send a session, and shows it when it has started', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(server.url)
    const command = await page.getByText('curl -i').textContent()
    expect(command).toContain(`${server.url}/api/v1/sessions`)
    const [, body = ''] = /-d '(.*)'$/.exec(command ?? '') ?? []
    const response = await fetch(`${server.url}/api/v1/sessions`, { method: 'POST', body })
    expect(response.status).toBe(201)
    await page.getByRole('link', { name: 'My first video' }).waitFor()
    await page.getByText('curl -i').waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
    await page.context().close()
  })
})

describe('with data', () => {
  const folder = temporaryDataDir()
  let server: Server
  let sid: string
  beforeAll(async () => {
    server = await startServer((await folder).path, { PLAYHEAD_REORDER_WINDOW_MS: '0' })
    sid = await playTimeline(server.url, 'chapters-around-ads.md')
    for (const title of hostileTitles) await openNamed(server.url, title)
    await sendRefused(server.url)
    await reportOf(server.url, sid, isClosed)
  })
  afterAll(async () => {
    await server?.stop()
    await (await folder).remove()
  })

  const looks = [
    ['light, on a desk', { colorScheme: 'light' }],
    ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 }, hasTouch: true }],
  ] as const
  describe.each(looks)('%s', (_, options) => {
    const contentPath = `/content/${encodeURIComponent('VA API Sample Player')}`
    test.each([...menu.map(([path]) => path), contentPath, 'the session'])('%s is sound', async (path) => {
      const { page, troubles } = await openPage(browser, options)
      await page.goto(server.url + (path === 'the session' ? `/sessions/${sid}` : path))
      await settled(page)
      expect(await seriousProblems(page)).toEqual([])
      const widths = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
      expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
      expect(troubles).toEqual([])
      await page.context().close()
    })
  })

  test.each([
    [1280, 'ja-JP', '/chapters'],
    [1280, 'en-US', '/chapters'],
    [360, 'en-US', '/sessions'],
    [360, 'fr-FR', '/overview'],
    [360, 'en-US', '/health'],
  ])('no table is cut at a width of %i, in %s, on %s', async (width, locale, path) => {
    const { page } = await openPage(browser, { locale, viewport: { width, height: 740 } })
    await page.goto(`${server.url}${path}?${daysAroundNow}`)
    await settled(page)
    const widths = await page.evaluate<[number, number][]>(
      '[...document.querySelectorAll(".table")].map((table) => [table.scrollWidth, table.clientWidth])',
    )
    expect(widths.length).toBeGreaterThan(0)
    for (const [whole, seen] of widths) expect(whole).toBeLessThanOrEqual(seen)
    await page.context().close()
  })

  test('a browser that is sent to a page that there is not is told so, with the menu beside it', async () => {
    const { page } = await openPage(browser)
    const response = await page.goto(`${server.url}/nosuchpage`)
    expect(response?.status()).toBe(404)
    await page.getByRole('heading', { level: 1, name: 'There is no such page.' }).waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor()
    await page.context().close()
    for (const [path, accept] of [
      ['/nosuchpage', 'application/json'],
      ['/nosuchpage', '*/*'],
      ['/api/v1/nosuch', 'text/html'],
      ['/reporting/v1/nosuch', 'text/html'],
    ] as const) {
      const answer = await fetch(server.url + path, { headers: { accept } })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.headers.get('content-type')).toContain('application/json')
    }
  })

  test('what the server has said no with is said once', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/sessions/doesnotexist`)
    const told = await page.getByRole('alert').innerText()
    expect(told).toMatch(/^The store knows no session/)
    expect(told.match(/The store knows no session/g)).toHaveLength(1)
    await page.context().close()
  })

  test('a mean has a gap where there was no session', async () => {
    await reportOf(server.url, await playStarted(server.url, 'one that measures', 900), isClosed)
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/quality`)
    await settled(page)
    const dotsOf = (name: string) => page.getByRole('region', { name, exact: true }).locator('.chart .dot')
    await dotsOf('Start-up').first().waitFor()
    expect(await dotsOf('Buffering and stalls').count()).toBeGreaterThan(7)
    // The sessions began a moment ago; midnight may have been since.
    expect(await dotsOf('Start-up').count()).toBeLessThanOrEqual(2)
    await page.context().close()
  })

  test('no two ticks of the live chart are called the same', async () => {
    const { page } = await openPage(browser)
    await page.goto(server.url)
    const points = page.locator('.chart input[type=range]')
    await until('some looks', async () => Number(await points.getAttribute('max')) >= 3)
    const ticks = await page.locator('.chart svg > text.tick').allTextContents()
    expect(new Set(ticks).size).toBe(ticks.length)
    expect(ticks[0]).toMatch(/:\d\d:\d\d/)
    await page.context().close()
  })

  test('the debugger writes figures and says states as the language does', async () => {
    const { page } = await openPage(browser, { locale: 'fr-FR' })
    await page.goto(`${server.url}/sessions/${sid}`)
    await page.getByText('terminée par le lecteur').waitFor()
    await page.getByTestId('moment').getByText('pas commencé').waitFor()
    await page.locator('[data-metric=averageMinuteAudience] b').getByText(',').waitFor()
    expect(
      (await page.locator('[data-metric] b').allTextContents()).filter((value) => /\d\.\d/.test(value)),
    ).toEqual([])
    await page.context().close()
  })

  test('the menu leads to every page, and what a page looks at goes along', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/overview?range=24h&compare=previous`)
    for (const [path, title] of menu.slice(1)) {
      await page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
        `${path}?range=24h&tz=UTC&compare=previous`,
      )
    }
    await settled(page)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('what a page is about names it in the browser, in the language of the interface', async () => {
    const named = await openNamed(server.url, 'a named one')
    await reportOf(server.url, named, () => true)
    const { page } = await openPage(browser, { locale: 'fr-FR' })
    for (const [path, title] of [
      ['/quality', 'Qualité · Playhead'],
      [`/sessions/${named}`, 'a named one · Sessions · Playhead'],
      [`/content/${encodeURIComponent('a named one')}`, 'a named one · Contenu · Playhead'],
      [`/sessions/${'0'.repeat(64)}`, 'Sessions · Playhead'],
    ]) {
      await page.goto(server.url + path)
      await until(`the title of ${path}`, async () => (await page.title()) === title)
    }
    await page.context().close()
  })

  test('metrics, segments and rules are told in the language of the interface', async () => {
    const { page } = await openPage(browser, { locale: 'es-ES' })
    await page.goto(`${server.url}/sessions/${sid}`)
    await page.locator('summary', { hasText: 'Tiempo de contenido' }).click()
    await page.getByText('sin anuncios, pausas, búfer ni bloqueos').waitFor()
    await page.goto(`${server.url}/quality`)
    await page
      .getByText('Cociente de Abandonos antes del inicio entre Inicios de contenido multimedia.')
      .waitFor()
    await page.getByLabel('Segmento').selectOption({ label: 'Tipo de contenido: en directo' })
    await page.context().close()
  })

  test('the live view has the sessions that are over, too', async () => {
    const { page } = await openPage(browser)
    await page.goto(server.url)
    const row = page
      .getByRole('region', { name: 'Latest sessions' })
      .getByRole('row')
      .filter({
        has: page.locator(`a[href*="${sid}"]`),
      })
    await row.getByText('closed').waitFor()
    await page.context().close()
  })

  test.each(['en', 'fr', 'es', 'pt-BR', 'ja', 'zh-CN'])('the menu fits in %s', async (locale) => {
    const { page } = await openPage(browser, { locale })
    await page.goto(`${server.url}/try`)
    const links = page.locator('#menu a')
    for (const width of [1920, 1440, 1280, 1152, 1024, 993]) {
      await page.setViewportSize({ width, height: 800 })
      const boxes = await Promise.all((await links.all()).map((link) => link.boundingBox()))
      expect(new Set(boxes.map((box) => box?.y)).size, `lines at ${width}`).toBe(1)
      expect(Math.max(...boxes.map((box) => (box?.x ?? 0) + (box?.width ?? 0)))).toBeLessThan(width)
      const settings = await page.locator('.settings-button').boundingBox()
      expect((settings?.x ?? width) + (settings?.width ?? 0)).toBeLessThanOrEqual(width)
    }
    await page.context().close()
  })

  test('on a phone the menu is behind a button, and closes when it has led somewhere', async () => {
    const { page, troubles } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    await page.goto(`${server.url}/try`)
    await settled(page)
    const link = page.getByRole('link', { name: 'Sessions', exact: true })
    expect(await link.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Pages' }).click()
    expect(await seriousProblems(page)).toEqual([])
    await link.click()
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor()
    expect(await link.isVisible()).toBe(false)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('the settings open above the page', async () => {
    const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    await page.goto(`${server.url}/try`)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('Colours').selectOption('dark')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await seriousProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await page.getByLabel('Colours').isVisible()).toBe(false)
    await page.context().close()
  })

  test('the session debugger steps through the session, and shows where each metric comes from', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/sessions/${sid}`)
    await settled(page)
    const types: string[] = []
    for (;;) {
      types.push((await page.locator('.steps b').textContent()) ?? '')
      const next = page.getByRole('button', { name: 'Next' })
      if (await next.isDisabled()) break
      await next.click()
    }
    expect(types.slice(0, 4)).toEqual(['sessionStart', 'adBreakStart', 'adStart', 'ping'])
    expect(types.at(-1)).toBe('sessionEnd')
    expect(types).toHaveLength(31)

    // Everything calls an event by its place in the session; its number in the journal is beside it.
    const rows = await page.getByRole('region', { name: 'Events' }).locator('tbody tr').all()
    const listed = await Promise.all(rows.map((row) => row.innerText()))
    expect(listed.map((row) => Number.parseInt(row, 10))).toEqual(types.map((_, index) => index + 1))
    await page.getByRole('heading', { name: 'Event #31', exact: true }).waitFor()
    const { events = [] } = await reportOf(server.url, sid, isClosed, '?events=1')
    const journalNumber = page.locator('.facts > div', { hasText: 'Number in the journal' })
    expect(await journalNumber.innerText()).toContain(String(events.at(-1)?.seq))

    // At the pause: the state after it, as the page of the timeline has it.
    await page.getByRole('button', { name: 'pauseStart' }).click()
    expect(await page.getByTestId('moment').innerText()).toMatch(/paused[\s\S]*#2[\s\S]*0:31/)
    expect(await page.locator('pre.body').textContent()).toContain('"eventType": "pauseStart"')

    const origin = async (metric: string): Promise<string> => {
      await page.locator(`[data-metric=${metric}] summary`).click()
      return page.locator(`[data-metric=${metric}] .origin`).innerText()
    }
    expect(await origin('contentTimeSpent')).toMatch(/11 s[\s\S]*10 s[\s\S]*10 s[\s\S]*14 s/)
    expect(await page.locator('.marked').count()).toBe(4)
    expect(await origin('totalPauseDuration')).toContain('1:04 – 1:14')
    expect(await origin('mediaTimeSpent')).toContain('Content time spent + Ad time spent')
    expect(await origin('uniqueTimePlayed')).toMatch(/0:00 – 0:45 \([#\d –,\s]+\): 45 s/)
    const adStarts = types.flatMap((type, index) => (type === 'adStart' ? [`#${index + 1}`] : []))
    expect(adStarts).toHaveLength(3)
    expect(await origin('adCount')).toContain(adStarts.join(' '))
    expect(await origin('stallEvents')).toContain('Nothing counted')
    const ruled: string[] = []
    for (const { id } of sessionMetrics) {
      const metric = page.locator(`[data-metric="${id}"]`)
      await metric.locator('summary').click()
      expect(await metric.locator('.about').first().innerText(), `rule of ${id}`).not.toBe('')
      if ((await metric.locator('.origin li').count()) > 0) continue
      expect(await metric.locator('.about').nth(1).innerText()).toContain('It follows from the others')
      ruled.push(id)
    }
    expect(ruled).toEqual(followingMetrics)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('no figure of the debugger is broken into two lines', async () => {
    for (const width of [1280, 390]) {
      const { page } = await openPage(browser, { viewport: { width, height: 900 } })
      await page.goto(`${server.url}/sessions/${sid}`)
      await settled(page)
      const heights = await page.evaluate<number[]>(
        '[...document.querySelectorAll(".facts .is-figure")].map((figure) => figure.clientHeight)',
      )
      expect(heights.length).toBeGreaterThan(10)
      expect(Math.max(...heights)).toBeLessThan(1.5 * Math.min(...heights))
      await page.context().close()
    }
  })

  test('lines of a chart go straight from value to value', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/overview`)
    await settled(page)
    const paths = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".chart path")].map((line) => line.getAttribute("d"))',
    )
    expect(paths.length).toBeGreaterThan(4)
    for (const path of paths) expect(path).toMatch(/^[MLZ0-9.,-]*$/)
    await page.context().close()
  })

  test('a chart is read by keyboard, from moment to moment', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/overview`)
    await settled(page)
    const panel = page.getByRole('region', { name: 'Starts', exact: true })
    const slider = panel.getByRole('slider')
    const reading = panel.locator('.reading-at')
    await slider.focus()
    expect(await reading.count()).toBe(0)
    await page.keyboard.press('Home')
    const first = await reading.innerText()
    const lineX = async () => Number(await panel.locator('line.reading').getAttribute('x1'))
    const firstX = await lineX()
    await page.keyboard.press('ArrowRight')
    await until('the next moment', async () => (await reading.innerText()) !== first)
    expect(await slider.getAttribute('aria-valuetext')).toBe(await reading.innerText())
    expect(await lineX()).toBeGreaterThan(firstX)
    // Each line's figure of the moment is told with it.
    const figures = await panel.locator('.legend .key b').allInnerTexts()
    expect(figures.length).toBeGreaterThan(1)
    expect(new Set(figures.map((figure) => figure.trim()))).toEqual(new Set(['0']))
    await page.keyboard.press('ArrowLeft')
    await until('the moment before', async () => (await reading.innerText()) === first)
    await page.keyboard.press('End')
    await until('the last moment', async () => (await lineX()) > firstX)
    await page.keyboard.press('Home')
    await until('the first moment', async () => (await reading.innerText()) === first)
    await page.keyboard.press('Tab')
    await reading.waitFor({ state: 'detached' })
    expect(await panel.locator('line.reading').count()).toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('the time to start of many sessions is their mean', async () => {
    for (const timeToStartMs of [1200, 1800]) {
      await reportOf(server.url, await playStarted(server.url, 'a quick player', timeToStartMs), isClosed)
    }
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/quality?where=${encodeURIComponent('playerName:is:a quick player')}`)
    await settled(page)
    const tile = page.locator('.tile', { hasText: 'Avg. time to start' })
    expect(await tile.locator('.figure').innerText()).toBe('1.5 sec')
    await page.context().close()
  })

  test('an open session is followed', async () => {
    const { page } = await openPage(browser)
    const open = await openNamed(server.url, 'followed')
    await reportOf(server.url, open, () => true)
    await page.goto(`${server.url}/sessions/${open}`)
    await page.getByText('1 / 1').waitFor()
    const event = { eventType: 'play', playerTime: { playhead: 0, ts: Date.now() } }
    await fetch(`${server.url}/api/v1/sessions/${open}/events`, {
      method: 'POST',
      body: JSON.stringify(event),
    })
    await page.getByText('2 / 2').waitFor()
    await page.context().close()
  })

  test.each([
    ['en-GB', 'en', 'Overview'],
    ['fr-CA', 'fr', 'Vue d’ensemble'],
    ['es-MX', 'es', 'Resumen'],
    ['pt-BR', 'pt-BR', 'Visão geral'],
    ['ja-JP', 'ja', '概要'],
    ['zh-CN', 'zh-Hans', '概览'],
    ['de-DE', 'en', 'Overview'],
  ])('a browser that speaks %s is answered in %s', async (locale, language, title) => {
    const { page, troubles } = await openPage(browser, { locale })
    await page.goto(`${server.url}/sessions`)
    await page.getByRole('navigation').getByRole('link', { name: title, exact: true }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await seriousProblems(page)).toEqual([])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('the language that is chosen stays', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/sessions`)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('Language').selectOption('ja')
    await page.getByRole('heading', { name: 'セッション', level: 1 }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'セッション', level: 1 }).waitFor()
    await page.context().close()
  })

  test('sessions are searched and filtered', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/sessions`)
    await page.getByRole('link', { name: hostileTitles[0] }).waitFor()
    await page.getByLabel('Search').fill('sample player')
    await page.getByRole('link', { name: hostileTitles[0] }).waitFor({ state: 'detached' })
    await page.locator(`a[href*="${sid}"]`).waitFor()
    await page.goto(`${server.url}/sessions?where=${encodeURIComponent('channel:contains:=cmd')}`)
    await page.getByRole('link', { name: hostileTitles[1] }).waitFor()
    await settled(page)
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('what was refused is shown with its reasons and its body', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/health`)
    await page
      .getByRole('button', { name: 'value_not_allowed' })
      .or(page.getByRole('button', { name: /event_type/ }))
      .first()
      .click()
    await page.locator('.refusals summary').first().click()
    expect(await page.locator('.refusals pre').first().textContent()).toContain(hostileTitles[0])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('an event that is tried is explained, and not taken', async () => {
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/try`)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('this looks like seconds').waitFor()
    await page.getByLabel('Request').selectOption('sessions')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('It would be accepted.').waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })

  // The last one, for it opens many sessions.
  test('the rest of a table is shown when it is asked for; who has two genres is in both', async () => {
    const names = Array.from({ length: 12 }, (_, nth) => `one of many ${nth}`)
    const opened = await Promise.all(names.map((name) => openNamed(server.url, name)))
    await Promise.all(opened.map((id) => reportOf(server.url, id, () => true)))
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/overview?where=${encodeURIComponent('contentName:contains:one of many')}`)
    await settled(page)
    const panel = page.getByRole('region', { name: 'Content', exact: true }).first()
    expect(await panel.locator('tbody tr').count()).toBe(10)
    await panel.getByRole('button', { name: 'and 2 more' }).click()
    await until('the rest', async () => (await panel.locator('tbody tr').count()) === 12)
    await page.goto(`${server.url}/content?where=${encodeURIComponent('contentName:contains:one of many')}`)
    for (const genre of ['Drama', 'Thriller'])
      await page.getByRole('region', { name: 'Genres' }).getByText(genre, { exact: true }).first().waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
