import type { TestProject } from 'vitest/node'
import { startServer, temporaryDataDir } from './startServer.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server listens that the tests share which neither stop it nor ask for all that it has. */
    sharedUrl: string
  }
}

/** Vitest's global setup: start the server before the first test, and end it behind the last. */
export default async function shareServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryDataDir()
  const server = await startServer(folder.path, {
    PLAYHEAD_BASE_PATH: '/va',
    PLAYHEAD_REORDER_WINDOW_MS: '200',
    // All tests come from one address, some with large bodies.
    PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '0',
  })
  project.provide('sharedUrl', server.url)
  return async () => {
    await server.crash()
    await folder.remove()
  }
}
