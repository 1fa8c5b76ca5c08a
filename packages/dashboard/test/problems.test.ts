import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import type { Server } from '@playhead/testing/server/startServer.ts'
import { openPage, seriousProblems, settled } from './browser.ts'
import { openDashboard } from './openDashboard.ts'
import { sendRefused } from './sessions.ts'

let browser: Browser
let server: Server
let sid: string

beforeAll(async () => {
  ;({ browser, server } = await openDashboard())
  const nowMs = Date.now()
  sid = await play(server.url, [
    startBody(nowMs),
    eventBody('play', nowMs + 1, 0, { qoeData: { mine: 1 } }),
    eventBody('adComplete', nowMs + 2, 0),
    eventBody('sessionEnd', nowMs + 3, 0),
  ])
  await sendRefused(server.url)
  await reportOf(server.url, sid, isClosed)
})

test('an event that is tried is explained in the language of the interface, with what the server says of it', async () => {
  const { page, troubles } = await openPage(browser, { locale: 'fr-FR' })
  await page.goto(`${server.url}/try`)
  await page.getByRole('button', { name: 'Vérifier' }).click()
  const answer = page.getByRole('region', { name: 'Réponse' })
  await answer.getByText('L’horodatage n’est pas en millisecondes').waitFor()
  await answer.getByText('Envoyez des millisecondes depuis 1970-01-01 UTC').waitFor()
  await answer.locator('[lang=en]', { hasText: 'which gives 1750000010000' }).waitFor()
  expect(await seriousProblems(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('an event that would be taken is answered with its status, and with what would be noted about it', async () => {
  const { page, troubles } = await openPage(browser)
  await page.goto(`${server.url}/try`)
  const ping = eventBody('ping', Date.now(), 1, { qoeData: { 'media.qoe.bitrte': 3200 } })
  await page.getByRole('textbox', { name: 'As sent' }).fill(JSON.stringify(ping))
  await page.getByRole('button', { name: 'Check' }).click()
  const answer = page.getByRole('region', { name: 'Answer' })
  await answer.getByText('It would be accepted. HTTP 204').waitFor()
  await answer.getByText('This would be noted about it').waitFor()
  await answer.getByText('/qoeData/media.qoe.bitrte', { exact: true }).waitFor()
  await answer.getByText('did you mean media.qoe.bitrate?').waitFor()
  expect(await seriousProblems(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('refusals and warnings are told in the language of the interface', async () => {
  const { page, troubles } = await openPage(browser, { locale: 'ja-JP' })
  await page.goto(`${server.url}/health`)
  await page
    .getByRole('region', { name: '拒否されたリクエスト' })
    .getByText('存在しないイベントタイプです')
    .first()
    .waitFor()
  // One request, and each of its reasons.
  await page.getByText('リクエスト総数：1。').waitFor()
  await page.getByRole('button', { name: 'ts_seconds' }).click()
  await page.locator('.refusals summary', { hasText: 'タイムスタンプがミリ秒ではありません' }).click()
  await page.locator('.refusals li').getByText('「期待値」の一覧にある名前を使ってください').waitFor()
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])

  const warnings = page.getByRole('region', { name: '診断', exact: true }).first()
  await warnings.getByText('広告が始まるときに adStart を送ってください。').waitFor()
  await page.getByRole('link', { name: '広告の終了が届きましたが' }).click()
  await page.getByRole('heading', { name: 'イベント #1', exact: true }).waitFor()
  await page.getByRole('button', { name: 'adComplete' }).click()
  await page.getByText('広告が始まるときに adStart を送ってください。').waitFor()
  await page.getByRole('button', { name: 'play', exact: true }).click()
  await page.getByText('このイベントにはないキーです').waitFor()
  expect(await seriousProblems(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('what the server refuses a page is told in its language', async () => {
  const { page } = await openPage(browser, { locale: 'es-ES' })
  await page.goto(`${server.url}/sessions/doesnotexist`)
  await page.getByRole('alert').getByText('La sesión no se conoce').waitFor()
  await page.context().close()
})
