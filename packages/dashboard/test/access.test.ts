import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openPage, seriousProblems, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'

const token = 'a'.repeat(32)
let browser: Browser
let server: Server

beforeAll(async () => {
  ;({ browser, server } = await openDashboard({ PLAYHEAD_API_TOKEN: token, PLAYHEAD_BASE_PATH: '/va' }))
  const headers = { authorization: `Bearer ${token}` }
  await until('the store', async () => (await fetch(`${server.url}/reporting/v1/sessions`, { headers })).ok)
})

test.each(['', '/va'])('below %j one signs in with a token, stays so, and signs out', async (base) => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}${base}/overview?range=24h`)
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect(await seriousProblems(page)).toEqual([])

  const field = page.getByLabel('Token')
  await field.fill('wrong')
  await field.press('Enter')
  await page.getByRole('alert').getByText('This token is not valid here.').waitFor()
  // So far the server has said no, which browsers write into their consoles.
  expect(troubles.filter((trouble) => !trouble.includes('401'))).toEqual([])
  troubles.length = 0

  await field.fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  await settled(page)
  expect(page.url()).toBe(`${server.url}${base}/overview?range=24h&tz=UTC`)
  expect(await page.evaluate('document.cookie')).toBe('')

  await page.goto(`${server.url}${base}/`)
  await page.getByText('connected', { exact: true }).waitFor()
  await settled(page)
  expect(troubles).toEqual([])

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect(await page.locator('.signed-in').count()).toBe(0)
  await page.context().close()
})

test('a page on which a token ends asks for another one', async () => {
  const { page } = await openPage(browser)
  await page.goto(server.url)
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('connected', { exact: true }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Content', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.context().close()
})

test('what the policy of the pages forbids is noticed, here as in all tests that expect no trouble', async () => {
  for (const forbidden of [
    `document.head.append(Object.assign(document.createElement('script'), { type: 'module', textContent: '1' }))`,
    `document.body.innerHTML = '<b>text</b>'`,
    `document.body.setAttribute('style', 'color: red')`,
    `fetch('http://127.0.0.1:9/').catch(() => undefined)`,
  ]) {
    const { page, troubles } = await openPage(browser)
    await page.goto(server.url)
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    troubles.length = 0
    await page.evaluate(forbidden).catch(() => undefined)
    await until(forbidden, async () =>
      troubles.some((trouble) => /Content Security Policy|Trusted/i.test(trouble)),
    )
    await page.context().close()
  }
})

test.each(['', '/va'])(
  'below %j a browser gets the page where there is none, as safe as the others',
  async (base) => {
    const answer = await fetch(`${server.url}${base}/nosuchpage`, {
      headers: { accept: 'text/html,*/*;q=0.8' },
    })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.text()).toContain(`<base href="${base}/" />`)
  },
)

test('the page and its answers are told to be safe', async () => {
  const page = await fetch(`${server.url}/sessions/x`)
  const policy = page.headers.get('content-security-policy')
  for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy).toContain(part)
  expect(policy).not.toContain('unsafe')
  const [, asset = ''] = /src="([^"]+\.js)"/.exec(await page.text()) ?? []
  const answers = [
    page,
    await fetch(new URL(asset, `${server.url}/`)),
    await fetch(`${server.url}/reporting/v1/access`),
  ]
  for (const { headers } of answers) {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(page.headers.get('permissions-policy')).toContain('camera=()')
})

// The last one: from then on this address has to wait.
test('who tries too many wrong tokens is told so once, as the server says it', async () => {
  const { page } = await openPage(browser)
  await page.goto(server.url)
  const field = page.getByLabel('Token')
  const told = page.getByRole('alert')
  await until('too many tries', async () => {
    await field.fill('wrong')
    await field.press('Enter')
    await told.waitFor()
    return (await told.innerText()).includes('Too many')
  })
  expect(await told.innerText()).toMatch(/^Too many wrong tokens came from this address\./)
  await page.context().close()
})
