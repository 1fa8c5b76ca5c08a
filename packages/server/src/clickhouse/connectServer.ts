import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Backend } from './backend.ts'
import { databaseName } from './databaseName.ts'

/** How long a ClickHouse server may take to answer: longer than `max_execution_time`, so that ClickHouse's own refusal arrives first. */
const requestMsMax = 90_000
/** ClickHouse's UNKNOWN_DATABASE. */
const unknownDatabase = '81'

/** Connect to a ClickHouse server; its database is created when it is missing. */
export async function connectServer(url: string, signal: AbortSignal): Promise<Backend> {
  const database = new URL(url).pathname.slice(1) || databaseName
  const client = clientOf(url, database)
  try {
    await client.command({ query: 'SELECT 1', abort_signal: signal })
  } catch (error) {
    if (!(error instanceof ClickHouseError && error.code === unknownDatabase)) {
      await client.close()
      throw error
    }
    await createDatabase(url, database)
  }
  return { client, lost: new Promise(() => {}), close: () => client.close() }
}

async function createDatabase(url: string, database: string): Promise<void> {
  const client = clientOf(url, 'default')
  try {
    await client.command({
      query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      query_params: { database },
    })
  } finally {
    await client.close()
  }
}

function clientOf(url: string, database: string) {
  const address = new URL(url)
  address.pathname = `/${database}`
  return createClient({
    url: address,
    application: 'playhead',
    request_timeout: requestMsMax,
    log: { level: ClickHouseLogLevel.OFF },
    // Answers wait until the statement is done: an insert that is answered is on disk, an error is a status.
    clickhouse_settings: { wait_end_of_query: 1 },
  })
}
