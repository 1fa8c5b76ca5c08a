/**
 * Take the pictures of the README: fills a folder with demo data, starts the server on it, and looks at it in Chromium.
 *
 *   npm run screenshots [-- FOLDER]      a folder that `npm run demo:data` has filled; by default one is filled
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser, openPage, settled } from '../packages/dashboard/test/browser.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { fill } from '@playhead/testing/simulator/fill.ts'
import { simulateFleet } from '@playhead/testing/simulator/fleet.ts'

interface Shot {
  readonly name: string
  readonly path: string
  readonly options: BrowserContextOptions
}

const desk = { viewport: { width: 1280, height: 860 }, colorScheme: 'light' } as const
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' } as const

/** A week of whole days, all of them over where the demo data ends: a day that has just begun would look like a collapse. */
const week = [8, 2]
  .map((ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10))
  .join('..')

/** Every page, to look at: with `ALL=1` in the environment. The README shows the first two. */
const [overview, debug] = [`/overview?range=${week}&compare=previous`, '/sessions/{sid}'] as const
const shown: readonly Shot[] = [
  { name: 'overview', path: overview, options: desk },
  { name: 'session', path: debug, options: { ...desk, colorScheme: 'dark' } },
]
const others = [
  '/',
  '/content',
  '/content/{content}',
  '/ads',
  '/chapters',
  '/quality',
  '/states',
  '/sessions',
  '/health',
  '/try',
]
const all: readonly Shot[] = [
  ...shown,
  ...others.map((path): Shot => ({ name: `page${path.replaceAll(/\W+/g, '-')}`, path, options: desk })),
  { name: 'phone-overview', path: overview, options: phone },
  { name: 'phone-session', path: debug, options: phone },
  { name: 'overview-dark', path: overview, options: { ...desk, colorScheme: 'dark' } },
]

const folder = resolve(import.meta.dirname, '../docs/images')
const given = process.argv[2]
const temporary = given === undefined ? await temporaryDataDir() : undefined
const dataDir = given ?? temporary?.path ?? ''
if (temporary) {
  const days = 30
  const startMs = Date.now() - 6 * 3_600_000 - days * 86_400_000
  const fleet = simulateFleet({ seed: 'demo', sessions: days * 100, days, startMs })
  await fill(fleet, ({ sessions }) => process.stdout.write(`\r${sessions} sessions `), {
    PLAYHEAD_DATA_DIR: dataDir,
  })
}
const server = await startServer(dataDir)
const browser = await openBrowser()
try {
  await until('the store', async () => (await fetch(`${server.url}/reporting/v1/sessions`)).ok)
  const { sid, content } = await longSession(server.url)
  const target = process.env['ALL'] === '1' ? join(folder, 'all') : folder
  await mkdir(target, { recursive: true })
  for (const { name, path, options } of process.env['ALL'] === '1' ? all : shown) {
    const { page } = await openPage(browser, options)
    await page.goto(server.url + path.replace('{sid}', sid).replace('{content}', encodeURIComponent(content)))
    await settled(page)
    if (path === debug) await showAPause(page)
    await writeFile(
      join(target, `${name}.png`),
      await page.screenshot({ fullPage: process.env['ALL'] === '1' }),
    )
    await page.context().close()
    console.log(`docs/images/${name}.png`)
  }
} finally {
  await browser.close()
  await server.stop()
  await temporary?.remove()
}

/** A session with something to see in it: ads, chapters, a pause. */
async function longSession(url: string): Promise<{ sid: string; content: string }> {
  const list = await fetch(`${url}/reporting/v1/sessions?limit=500`)
  const { sessions } = (await list.json()) as { sessions: { id: string; contentId: string }[] }
  let best = { sid: '', content: '', score: -1 }
  for (const { id, contentId } of sessions.slice(0, 300)) {
    const report = (await (await fetch(`${url}/reporting/v1/sessions/${id}`)).json()) as {
      ads: object[]
      chapters: object[]
      states: object[]
      contextData: Record<string, number | boolean>
    }
    const has = (name: string) => (report.contextData[name] === undefined ? 0 : 1)
    const minutes = Number(report.contextData['a.media.timePlayed'] ?? 0) / 60
    const score =
      (minutes > 10 && minutes < 50 ? 5 : 0) +
      Math.min(report.ads.length, 4) +
      Math.min(report.chapters.length, 4) +
      Math.min(report.states.length, 2) +
      2 * has('a.media.pause') +
      2 * has('a.media.qoe.buffer')
    if (score > best.score) best = { sid: id, content: contentId, score }
  }
  return best
}

/** What the session was doing when it paused, and what its pauses come to. */
async function showAPause(page: Page): Promise<void> {
  await page.locator('[data-metric=contentTimeSpent] summary').click()
  const pause = page.getByRole('button', { name: 'pauseStart' }).first()
  if ((await pause.count()) > 0) await pause.click()
  await page.evaluate('scrollTo(0, 0)')
}
