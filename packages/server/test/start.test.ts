import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isClosed, reportOf } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

/** What `docs/start.md` has its reader type. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/start.md'), 'utf8')
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block)

const folder = temporaryDataDir()
let server: Server
beforeAll(async () => {
  server = await startServer((await folder).path)
})
afterAll(async () => {
  await server?.stop()
  await (await folder).remove()
})

/** Each block goes to a shell of its own, which has to have the same time. */
const nowS = String(Math.floor(Date.now() / 1000))

async function type(script: string): Promise<string> {
  const here = script.replaceAll('http://127.0.0.1:8080', server.url).replace('$(date +%s)', nowS)
  return (await promisify(execFile)('bash', ['-euc', here])).stdout
}

test('the first session of the docs gives what they say, and has nothing odd', async () => {
  expect(blocks).toHaveLength(5)
  const [start = '', keep = '', play = '', , end = ''] = blocks
  const [, sid = ''] = /^location: .*\/([0-9a-f]{64})/im.exec(await type(start)) ?? []
  const [clock = ''] = start.split('\n\n')
  const kept = `${clock}\n${keep.replace('ID=…', `ID=${sid}`)}`

  expect((await type(`${kept}\n${play}`)).match(/^HTTP\/1\.1 204/gm)).toHaveLength(4)
  const open = await reportOf(server.url, sid, ({ contextData }) => contextData['a.media.pause'] === true)
  expect(open.session.status).toBe('open')
  expect(open.contextData).toMatchObject({ 'a.media.timePlayed': 15, 'a.media.pauseTime': 4 })

  expect((await type(`${kept}\n${end}`)).match(/^HTTP\/1\.1 204/gm)).toHaveLength(3)
  const { contextData, diagnostics } = await reportOf(server.url, sid, isClosed)
  expect(contextData).toMatchObject({ 'a.media.timePlayed': 60, 'a.media.complete': true })
  expect(diagnostics).toEqual([])
})
