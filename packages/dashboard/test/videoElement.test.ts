import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { isClosed, reportOf } from '@playhead/testing/player.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'
import { openBrowser, openPage } from './browser.ts'

const lengthS = 3
const page = new URL('../../../examples/video-element.html', import.meta.url)

test('the example reports what a video element plays', async () => {
  const folder = await temporaryDataDir()
  const server = await startServer(folder.path, { PLAYHEAD_REORDER_WINDOW_MS: '500' })
  const browser = await openBrowser()
  const sessions = async (): Promise<readonly { readonly id: string }[]> => {
    const answer = await fetch(`${server.url}/reporting/v1/sessions`)
    const list = (await answer.json()) as { readonly sessions?: readonly { readonly id: string }[] }
    return list.sessions ?? []
  }
  try {
    const path = join(folder.path, 'silence.wav')
    await writeFile(path, silence())
    const { page: tab, troubles } = await openPage(browser)
    await tab.goto(`${page.href}?src=${pathToFileURL(path).href}&server=${server.url}`)
    // Browsers play for those who have touched the page.
    await tab.mouse.click(5, 500)
    await tab.evaluate('document.querySelector("video").play()')
    await tab.waitForFunction('document.querySelector("video").currentTime > 1')
    await tab.evaluate('document.querySelector("video").pause()')
    const id = await until('the session', async () => (await sessions())[0]?.id)
    await reportOf(server.url, id, ({ events }) => events?.at(-1)?.eventType === 'pauseStart', '?events=1')
    await tab.evaluate('document.querySelector("video").play()')
    const report = await reportOf(server.url, id, isClosed, '?events=1')
    const types = report.events?.map(({ eventType }) => eventType)
    // A browser that has other things to do may have to wait for what it plays.
    const said = types?.filter((type) => type !== 'bufferStart' && type !== 'ping')
    expect(said?.filter((type, index) => type !== said[index - 1])).toEqual([
      'sessionStart',
      'play',
      'pauseStart',
      'play',
      'sessionComplete',
      'sessionEnd',
    ])
    expect(report.contextData['a.media.complete']).toBe(true)
    expect(Math.abs(Number(report.contextData['a.media.timePlayed']) - lengthS)).toBeLessThanOrEqual(1)
    // A file on this machine starts within 50 ms, which of a video on the net would be odd.
    expect(report.diagnostics.filter(({ code }) => code !== 'time_to_start_in_seconds')).toEqual([])
    expect(troubles).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.remove()
  }
})

/** A WAV file, which every browser plays: 8,000 samples a second of one byte each. */
function silence(): Buffer {
  const samples = Buffer.alloc(lengthS * 8000, 128)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(8000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
