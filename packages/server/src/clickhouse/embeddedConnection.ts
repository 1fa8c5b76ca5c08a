import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Readable } from 'node:stream'
import { type ClickHouseClientConfigOptions, parseError } from '@clickhouse/client'
import type { StatementRequest } from './embeddedMessages.ts'
import type { EmbeddedProcess } from './embeddedProcess.ts'
import { setStatement } from './setStatement.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/** Cores that a report uses at most: four may be answered side by side, and the engine's memory is bounded. */
const reportCoresMax = 4
/**
 * Free memory that a report needs for each core that it uses, bytes. ClickHouse wants a gibibyte, of which the embedded
 * engine never has two free: every report would run on one core. A report's own memory is bounded anyway.
 */
const freeBytesPerCore = 67_108_864
const readSettings = {
  max_threads: Math.min(reportCoresMax, availableParallelism()),
  max_threads_min_free_memory_per_thread: String(freeBytesPerCore),
}

/** What `createClient` takes in place of HTTP: an experimental hook, which is why the client is pinned. */
export type Connection = NonNullable<ClickHouseClientConfigOptions['connection']>
type Params = Parameters<Connection['query']>[0]

/** `@clickhouse/client` over the embedded engine: the client's calls, errors and results, no HTTP. */
export function embeddedConnection(engine: EmbeddedProcess): Connection {
  const run = async (
    lane: StatementRequest['lane'],
    params: Params,
    { sql, rows }: Pick<StatementRequest, 'sql' | 'rows'> = { sql: params.query },
  ) => {
    const settings = { ...params.clickhouse_settings, ...(lane === 'read' && readSettings) }
    const set = setStatement(settings, params.query_params)
    const stoppedAfterMs = 1000 * (params.clickhouse_settings?.max_execution_time ?? 0)
    try {
      const pieces = await engine.run({ lane, set, sql, stoppedAfterMs, ...(rows && { rows }) })
      return {
        stream: Readable.from(
          pieces.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
        ),
        ...resultOf(params),
      }
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error
      // With ClickHouse's code and type, as over HTTP.
      throw parseError(error instanceof Error ? error : String(error))
    }
  }
  return {
    query: (params) => run('read', params),
    insert: async (params) =>
      run('write', params, { sql: `${params.query}\n${await textOf(params.values)}` }),
    command: (params) => run('write', params),
    // Only what may not write can run beside others.
    exec: async (params) => {
      const { values } = params
      const lane = params.clickhouse_settings?.readonly === undefined ? 'write' : 'read'
      return run(lane, params, values === undefined ? undefined : await rowsOf(params.query, values))
    },
    ping: async () => {
      try {
        await run('read', { query: 'SELECT 1' })
        return { success: true }
      } catch (error) {
        return { success: false, error: error instanceof Error ? error : new Error(String(error)) }
      }
    },
    close: () => engine.close(),
  }
}

function resultOf({ query_id = randomUUID() }: Params) {
  return { query_id, response_headers: {}, http_status_code: 200 }
}

/** An insert of rows that are encoded already: `insertRows` writes it. */
async function rowsOf(
  query: string,
  values: string | Readable,
): Promise<Pick<StatementRequest, 'sql' | 'rows'>> {
  const [, table] = /^INSERT INTO (\w+) FORMAT JSONEachRow$/.exec(query) ?? []
  if (table === undefined) throw new TypeError(`not an insert of rows: ${query}`)
  return { sql: table, rows: await bytesOf(values) }
}

async function textOf(values: string | Readable): Promise<string> {
  return typeof values === 'string' ? values : (await bytesOf(values)).toString()
}

async function bytesOf(values: string | Readable): Promise<Buffer> {
  if (typeof values === 'string') return Buffer.from(values)
  const chunks = (await values.toArray()) as (string | Uint8Array)[]
  const buffers = chunks.map((chunk) => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)))
  const [only] = buffers
  return only !== undefined && buffers.length === 1 ? only : Buffer.concat(buffers)
}
