import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, post, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { openPage, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { saved } from './saved.ts'

/** What strangers might write: to be run by a browser, and to be run by a spreadsheet. */
const markup = (where: string) => `<img src=x onerror=alert('${where}')>`
const formula = (where: string) => `=cmd()|'${where}'!A0`
const closing = '"><script>alert(2)</script>'

let browser: Browser
let server: Server
let sid: string

beforeAll(async () => {
  // Lenient: what this policy takes is the least tame.
  ;({ browser, server } = await openDashboard({
    PLAYHEAD_VALIDATION: 'lenient',
    PLAYHEAD_REORDER_WINDOW_MS: '0',
  }))
  await play(server.url, bodies(Date.now()))
  sid = await play(server.url, [...bodies(Date.now()), eventBody('sessionEnd', Date.now() + 200, 0)])
  await post(`${server.url}/api/v1/sessions`, {
    eventType: markup('refused'),
    playerTime: { playhead: 0, ts: 1 },
  })
  await reportOf(server.url, sid, isClosed)
})

/** A session of which no end was sent, all of whose names are hostile. */
function bodies(nowMs: number): object[] {
  const start = {
    'media.id': closing,
    'media.name': markup('title'),
    'media.playerName': formula('player'),
    'media.channel': '@SUM(1)',
    'media.sdkVersion': '+1+2',
    'media.show': markup('show'),
    'media.genre': `${formula('genre')},${markup('genre')}`,
  }
  const pod = { 'media.ad.podFriendlyName': formula('pod'), 'media.ad.podIndex': 1, 'media.ad.podSecond': 0 }
  const ad = {
    'media.ad.id': formula('ad'),
    'media.ad.name': markup('ad'),
    'media.ad.length': 15,
    'media.ad.podPosition': 1,
    'media.ad.playerName': '-1+1',
    'media.ad.advertiser': markup('advertiser'),
    'media.ad.campaignId': formula('campaign'),
  }
  const chapter = {
    'media.chapter.index': 1,
    'media.chapter.offset': 0,
    'media.chapter.length': 30,
    'media.chapter.friendlyName': markup('chapter'),
  }
  const state = (name: string) => ({ 'media.state.name': name })
  const events: [string, object][] = [
    ['adBreakStart', { params: pod }],
    ['adStart', { params: ad }],
    ['adComplete', {}],
    ['adBreakComplete', {}],
    ['chapterStart', { params: chapter }],
    ['play', { qoeData: { [markup('key')]: formula('value') } }],
    ['stateStart', { params: state(markup('state')) }],
    // Longer than a name whose figures can be asked for.
    ['stateStart', { params: state('long '.repeat(13)) }],
    // What every object of JavaScript has is no name of a state that the interface knows.
    ['stateStart', { params: state('constructor') }],
    ['error', { params: { 'media.errorId': markup('error'), 'media.errorSource': formula('source') } }],
  ]
  return [
    { ...startBody(nowMs, start), customMetadata: { [markup('metadata')]: formula('metadata') } },
    ...events.map(([type, members], index) => eventBody(type, nowMs + (index + 1) * 10, 0, members)),
  ]
}

/** Every page there is, and what a stranger wrote that must be readable on it. */
const pages: readonly (readonly [path: string, ...texts: string[]])[] = [
  ['/', markup('title'), formula('player'), markup('refused')],
  ['/overview', markup('title'), formula('player')],
  ['/content', markup('title'), markup('show'), formula('genre')],
  [`/content/${encodeURIComponent(closing)}`, closing],
  ['/ads', formula('ad'), markup('ad'), markup('advertiser'), formula('pod'), formula('campaign')],
  ['/chapters', markup('chapter')],
  ['/quality', formula('player')],
  ['/states', markup('state'), 'constructor', 'more than 64 characters'],
  ['/sessions', markup('title'), formula('player'), '@SUM(1)'],
  ['the session', markup('title'), formula('player')],
  ['/health', markup('refused'), formula('player')],
  ['/try'],
]

/** Those where all of it can be saved as well. */
const allInTables = new Set(['/overview', '/content', '/ads', '/chapters', '/sessions'])

/** A page on which nothing of a stranger's may run. */
async function openHostile(path: string) {
  const opened = await openPage(browser, { acceptDownloads: true })
  opened.page.on('dialog', (dialog) => {
    opened.troubles.push(`run: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await opened.page.goto(server.url + (path === 'the session' ? `/sessions/${sid}` : path))
  await settled(opened.page)
  return opened
}

async function expectText(page: Page): Promise<void> {
  expect(await page.locator('main img, main script').count()).toBe(0)
}

test.each(pages)('what strangers write is text on %s, and in what is saved of it', async (path, ...texts) => {
  const { page, troubles } = await openHostile(path)
  for (const text of texts) await page.locator('main').getByText(text, { exact: false }).first().waitFor()
  await expectText(page)
  const files: string[] = []
  const parts = page.locator('main :has(> .tools)')
  for (let nth = 0; nth < (await parts.count()); nth += 1)
    files.push((await saved(parts.nth(nth), 'CSV')).toString('utf8'))
  expect(files.flatMap(formulasIn)).toEqual([])
  if (allInTables.has(path)) for (const text of texts) expect(files.join('\n')).toContain(text)
  expect(troubles).toEqual([])
  await page.context().close()
})

test('every event of a hostile session is text in the debugger', async () => {
  const { page, troubles } = await openHostile('the session')
  await page.getByRole('heading', { level: 1, name: markup('title') }).waitFor()
  // A lane has room for so many letters.
  await page.locator('.session-figure text', { hasText: markup('state').slice(0, 14) }).waitFor()
  const events = page.getByRole('region', { name: 'Events' }).getByRole('button')
  const seen: string[] = []
  for (const event of await events.all()) {
    await event.click()
    seen.push(await page.locator('.event-detail').innerText())
    await expectText(page)
  }
  for (const name of ['title', 'metadata', 'ad', 'advertiser', 'chapter', 'key', 'state', 'error'])
    expect(seen.join('\n')).toContain(markup(name))
  expect(seen.at(-1)).toContain('constructor')
  expect(troubles).toEqual([])
  await page.context().close()
})

test('a hostile event that is tried is text in its explanation', async () => {
  const { page, troubles } = await openHostile('/try')
  const body = {
    eventType: markup('type'),
    playerTime: { playhead: formula('playhead'), ts: 1 },
    [markup('member')]: 1,
  }
  await page.getByRole('textbox', { name: 'As sent' }).fill(JSON.stringify(body))
  await page.getByRole('button', { name: 'Check' }).click()
  const answer = page.getByRole('region', { name: 'Answer' })
  for (const text of [markup('type'), formula('playhead'), markup('member')])
    await answer.getByText(text, { exact: false }).first().waitFor()
  await expectText(page)
  expect(troubles).toEqual([])
  await page.context().close()
})

/** Cells of CSV that a spreadsheet would work out: they begin as a formula does, and are no number. */
function formulasIn(csv: string): string[] {
  const cells = [...csv.replace('\uFEFF', '').matchAll(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^",\r\n]*)/g)]
  return cells
    .map(([, cell = '']) => cell.replace(/^"/, ''))
    .filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell))
}

test('a formula is found in CSV, and a number is none', () => {
  expect(formulasIn('\uFEFFa,b\r\n-1.5,"=A1,""x"""\r\n+1+2,\'=A1\r\n')).toEqual(['=A1,""x"""', '+1+2'])
})
