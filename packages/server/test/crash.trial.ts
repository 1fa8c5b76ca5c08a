import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodiesOf, readTimeline } from '@playhead/testing/timelines/readTimeline.ts'
import { freePort } from '@playhead/testing/server/freePort.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

const demo = fileURLToPath(new URL('../../../examples/demo.ts', import.meta.url))
const timeline = readTimeline(`${import.meta.dirname}/../../../timelines/viewed-to-the-end.md`)
const eventsInDemo = bodiesOf(timeline, 0).length

/** How often the whole demo is played with crashes; each run has its crashes elsewhere. */
const runs = 6

let folder: Awaited<ReturnType<typeof temporaryDataDir>>

beforeAll(async () => {
  folder = await temporaryDataDir()
})
afterAll(() => folder.remove())

describe('kill -9 while the demo plays', () => {
  test.each(Array.from({ length: runs }, (_, run) => run))(
    'run %i: the session goes on under its id, and its final metrics are the same',
    async (run) => {
      const env = { PLAYHEAD_PORT: String(await freePort()), PLAYHEAD_REORDER_WINDOW_MS: '1000' }
      let server = await startServer(folder.path, env)
      const player = spawn(process.execPath, ['--import', 'tsx', demo, server.url], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      let err = ''
      let crashing: Promise<void> | undefined
      player.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      player.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
        // Each dot is an acknowledged event; the crash comes while the next ones are under way.
        const sent = out.split('\n')[2]?.length ?? 0
        if (sent >= (eventsInDemo * run) / runs) crashing ??= crashAndRestart()
      })
      async function crashAndRestart(): Promise<void> {
        await server.crash()
        server = await startServer(folder.path, env)
      }
      const [code] = (await once(player, 'exit')) as [number]
      await crashing
      await server.crash()
      expect([code, err, out.includes('DIFFERS')], out).toEqual([0, '', false])
      expect(crashing).toBeDefined()
    },
  )
})
