import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Backend } from './backend.ts'
import { embeddedConnection } from './embeddedConnection.ts'
import { EmbeddedProcess } from './embeddedProcess.ts'
import type { StoreEvent } from './store.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/** Start the embedded engine on a folder, made when it is missing. One server per folder: a second one is refused. */
export async function connectEmbedded(
  folder: string,
  onEvent: (event: StoreEvent) => void,
  signal: AbortSignal,
): Promise<Backend> {
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
  return { client, lost: engine.exited, close: () => client.close() }
}
