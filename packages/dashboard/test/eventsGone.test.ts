import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectEmbedded } from 'playhead/dist/clickhouse/connectEmbedded.js'
import { eventBody, isClosed, play, reportOf, startBody } from '@playhead/testing/player.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { openBrowser, openPage, seriousProblems, settled } from './browser.ts'

test('the debugger shows the figures of a session whose events are not kept any more', async () => {
  const folder = await temporaryDataDir()
  let server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '500' })
  const browser = await openBrowser()
  try {
    const ts = Date.now() - 60_000
    const qoeData = { 'media.qoe.framesPerSecond': 29.97 }
    const sid = await play(server.url, [
      startBody(ts),
      eventBody('play', ts, 0, { qoeData }),
      eventBody('sessionEnd', ts + 20_000, 20),
    ])
    await reportOf(server.url, sid, isClosed)
    await server.stop()
    const engine = await connectEmbedded(
      join(folder.path, 'clickhouse'),
      () => {},
      new AbortController().signal,
    )
    await engine.client.command({ query: 'ALTER TABLE events DELETE WHERE 1 SETTINGS mutations_sync = 2' })
    await engine.close()

    server = await startServer(folder.path, { PLAYHEAD_RETENTION_EVENTS_DAYS: '8' })
    await reportOf(server.url, sid, isClosed)
    const { page, troubles } = await openPage(browser)
    await page.goto(`${server.url}/sessions/${sid}`)
    await settled(page)
    await page.getByText('The events of this session are not kept any more').waitFor()
    expect(await page.locator('.tile', { hasText: 'Content time' }).innerText()).toContain('20 sec')
    expect(await page.locator('[data-metric=contentTimeSpent] b').innerText()).toBe('20 s')
    expect(await page.locator('[data-metric=framesPerSecond] b').innerText()).toBe('29.97 fps')
    await page.locator('[data-metric=contentTimeSpent] summary').click()
    await page.locator('[data-metric=contentTimeSpent] .about').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    expect(troubles).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.remove()
  }
})
