import type { ClickHouseClient } from '@clickhouse/client'
import { encodeRow } from './encodeRow.ts'
import { insertRows } from './insertRows.ts'
import type { StoreTable } from './store.ts'

/** Whether a table takes a row; see `Store.probe`. */
export async function probeTable(client: ClickHouseClient, table: StoreTable, row: object): Promise<void> {
  await client.command({ query: 'DROP TABLE IF EXISTS probe SYNC' })
  // On the same disk and with the same columns and constraints, but of no report.
  await client.command({ query: `CREATE TABLE probe AS ${table} ENGINE = MergeTree ORDER BY tuple()` })
  try {
    await insertRows(client, 'probe', [encodeRow(row)], `a probe of ${table}`)
  } finally {
    await client.command({ query: 'DROP TABLE IF EXISTS probe SYNC' }).catch(() => {})
  }
}
