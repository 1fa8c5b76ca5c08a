import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client'
import { isOfValues, RowsRefused } from './rowsRefused.ts'
import { insertSettings } from './settings.ts'
import type { StoreTable } from './store.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/**
 * ClickHouse's codes for what passes: time-outs (159, 209), too many queries (202), memory (241), a read-only
 * table or disk (242, 243, 74, 75, 76), too many parts (252), and being stopped (236, 394).
 */
const passingCodes = new Set([
  '74',
  '75',
  '76',
  '159',
  '202',
  '209',
  '236',
  '241',
  '242',
  '243',
  '252',
  '394',
])

/**
 * Insert rows so that repeating it is harmless. That rests on the tables' keys, not on
 * `insert_deduplication_token`: MergeTree writes the token down before the part that it stands for, so that an
 * engine killed between the two (shown with a kill at that system call) takes the repeated insert for done,
 * and the rows are lost.
 */
export async function insertRows(
  client: ClickHouseClient,
  table: StoreTable,
  rows: readonly object[],
  batch: string,
): Promise<void> {
  if (rows.length === 0) return
  try {
    await client.insert({
      table,
      values: rows,
      format: 'JSONEachRow',
      clickhouse_settings: { ...insertSettings, log_comment: batch },
    })
  } catch (error) {
    if (!(error instanceof ClickHouseError)) throw error
    const message = `insert of ${batch} into ${table}: ${reasonOf(error)}`
    if (passingCodes.has(error.code)) throw new StoreUnavailable(message, { cause: error })
    if (isOfValues(error)) throw new RowsRefused(message, error)
    error.message = message
    throw error
  }
}

/** What ClickHouse minds. Not its message: it repeats the rows, which may hold what is nobody's business. */
function reasonOf({ code, type, message }: ClickHouseError): string {
  const [, column] = /while reading the value of key (\w+)/.exec(message) ?? []
  return `ClickHouse ${code} ${type}${column === undefined ? '' : `, column ${column}`}`
}
