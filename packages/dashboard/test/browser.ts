import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { until } from '@playhead/testing/server/until.ts'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
/** How long something on a page may take: only ever waited out by a test that fails. */
const patienceMs = 120_000

/** A new profile each time, nothing fetched in the background, and the rights of a container. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A real browser. Rejects, and says how to get one, where there is none. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(
      `there is no browser at ${executablePath}: install Debian's chromium, or set CHROMIUM_PATH`,
    )
  return chromium.launch({ executablePath, args })
}

/** A page, and everything that went wrong on it: errors in its console, and requests that failed. */
export interface Watched {
  readonly page: Page
  readonly troubles: string[]
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', ...options })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`)
  })
  page.on('requestfailed', (request) => {
    // The page lets go of a question when it is closed, or asks another one.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      troubles.push(`failed: ${request.url()} ${request.failure()?.errorText}`)
  })
  return { page, troubles }
}

/** Wait until nothing on the page is still asked for. All that was answered is drawn then, its charts too. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  const busy = page.locator('main[aria-busy="true"], main [aria-busy="true"]')
  await until('all answers', async () => (await busy.count()) === 0)
}

/** What axe finds serious or worse on the page, in short. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(axe)
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`,
    )
}
