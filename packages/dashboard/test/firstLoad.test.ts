import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { bestLanguage } from '../src/i18n/texts.ts'
import { openPage, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'

/** What somebody who was never here may have to load, bytes as they come over the wire; the figures come on top. */
const firstLoadMaxBytes = 200 * 1024

let browser: Browser
let server: Server

beforeAll(async () => {
  ;({ browser, server } = await openDashboard())
  await until('the store', async () => (await fetch(`${server.url}/reporting/v1/sessions`)).ok)
})

/** What charts and tables show: as much as there is. */
const figures = /\/reporting\/v1\/(panels|query|sessions|refusals|diagnostics|live)/

const pages = ['/', '/overview', '/health', '/try']
const locales = ['en-US', 'fr-FR', 'es-ES', 'pt-BR', 'ja-JP', 'zh-CN']
const visits = locales.flatMap((locale) => pages.map((path) => [path, locale] as const))

// Each language is a file of its own: nobody loads another one's.
test.each(visits)('a first visit of %s loads at most 200 KB, compressed, in %s', async (path, locale) => {
  const { page } = await openPage(browser, { locale })
  const asked: Promise<number>[] = []
  const languagesLoaded: string[] = []
  page.on('requestfinished', (request) => {
    if (figures.test(request.url())) return
    const [, language] = /assets\/(fr|es|pt-BR|ja|zh-Hans)-/.exec(request.url()) ?? []
    if (language !== undefined) languagesLoaded.push(language)
    const size = request.sizes()
    asked.push(
      size.then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    )
  })
  await page.goto(server.url + path, { waitUntil: 'load' })
  await settled(page)
  await until(
    'the language',
    async () => (await page.locator('html').getAttribute('lang')) === bestLanguage([locale]),
  )
  if (locale !== 'en-US') await until('its texts', () => Promise.resolve(languagesLoaded.length > 0))
  const sizes = await Promise.all(asked)
  await page.context().close()
  const sum = sizes.reduce((total, size) => total + size, 0)
  console.log(`${path} in ${locale}: ${sizes.length} files of ${Math.round(sum / 1024)} KB`)
  expect(languagesLoaded.map((language) => bestLanguage([language]))).toEqual(
    locale === 'en-US' ? [] : [bestLanguage([locale])],
  )
  expect(sizes.length).toBeGreaterThan(3)
  expect(sum).toBeLessThan(firstLoadMaxBytes)
})
