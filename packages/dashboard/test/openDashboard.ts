import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { type Env, type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { openBrowser } from './browser.ts'

/** A browser, and a server with a data folder of its own, until the tests of a file are over. Call it in `beforeAll`. */
export async function openDashboard(
  env: Env = {},
): Promise<{ readonly browser: Browser; readonly server: Server }> {
  const folder = await temporaryDataDir()
  closing.push(() => folder.remove())
  const server = await startServer(folder.path, env)
  closing.push(async () => void (await server.stop()))
  const browser = await openBrowser()
  closing.push(() => browser.close())
  return { browser, server }
}

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})
