import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Backend } from './backend.ts'
import { embeddedConnection } from './embeddedConnection.ts'
import { EmbeddedProcess } from './embeddedProcess.ts'
import type { StoreEvent } from './store.ts'
import { StoreFolder } from './storeFolder.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/**
 * Start the embedded engine on a folder, made when it is missing. One server per folder: a second one is refused. The
 * connection is lost when the folder is.
 */
export async function connectEmbedded(
  folder: string,
  onEvent: (event: StoreEvent) => void,
  signal: AbortSignal,
  storeFolder = new StoreFolder(folder),
): Promise<Backend> {
  storeFolder.prepare()
  const engine = new EmbeddedProcess(folder, (line) => onEvent({ kind: 'engineSaid', line }))
  const stop = () => engine.kill()
  signal.addEventListener('abort', stop)
  const end = await Promise.race([engine.opened, engine.exited])
  signal.removeEventListener('abort', stop)
  if (end !== undefined) throw new StoreUnavailable(end)
  const client = createClient({
    connection: embeddedConnection(engine),
    log: { level: ClickHouseLogLevel.OFF },
  })
  storeFolder.noteOpened()
  let unwatch = (): void => {}
  const gone = new Promise<string>((resolve) => {
    unwatch = storeFolder.watch((reason) => {
      resolve(reason)
      engine.kill()
    })
  })
  const ended = engine.exited.then((how) => storeFolder.whatIsMissing() ?? how)
  return {
    client,
    lost: Promise.race([gone, ended]),
    close: async () => {
      unwatch()
      await client.close()
    },
  }
}
