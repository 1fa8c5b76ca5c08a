import { readdir, readFile } from 'node:fs/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { splitStatements } from './splitStatements.ts'

/** The same from `src/clickhouse` and from `dist/clickhouse`. */
const folder = new URL('../../migrations/', import.meta.url)

/** A statement of a migration may copy a table of any size. */
const statementSecondsMax = 86_400

const createTable = `
  CREATE TABLE IF NOT EXISTS migrations (
    name String,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
  ) ENGINE = MergeTree ORDER BY name
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`

/**
 * Bring the tables up to date: apply each file of `migrations/` once, in the order of their names. A file that
 * was interrupted is applied again from its beginning, so its statements say IF [NOT] EXISTS.
 *
 * @returns names of the files applied now
 * @throws when the store was written by a newer Playhead, whose tables we do not know
 */
export async function migrate(client: ClickHouseClient): Promise<string[]> {
  const known = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  await client.command({ query: createTable })
  const applied = await appliedMigrations(client)
  const stranger = [...applied].find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw new Error(`the store has migration ${stranger}, which this version does not know: it is newer`)
  }
  const missing = known.filter((name) => !applied.has(name))
  for (const name of missing) {
    // In order, each on what the one before has made.
    await applyMigration(client, name)
  }
  return missing
}

async function appliedMigrations(client: ClickHouseClient): Promise<Set<string>> {
  const result = await client.query({ query: 'SELECT name FROM migrations', format: 'JSONEachRow' })
  const rows = await result.json<{ name: string }>()
  return new Set(rows.map(({ name }) => name))
}

async function applyMigration(client: ClickHouseClient, name: string): Promise<void> {
  const sql = await readFile(new URL(name, folder), 'utf8')
  for (const query of splitStatements(sql)) {
    await client.command({ query, clickhouse_settings: { max_execution_time: statementSecondsMax } })
  }
  await client.insert({ table: 'migrations', values: [{ name }], format: 'JSONEachRow' })
}
