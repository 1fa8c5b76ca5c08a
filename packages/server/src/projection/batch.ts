import type { Row } from './rows/row.ts'
import type { StoreTable } from '../clickhouse/store.ts'

/** What is refused is in no journal. */
export type BatchTable = Exclude<StoreTable, 'refusals'>

/**
 * The rows that the records between two clock records of the journal come to. They depend on the journal alone,
 * and every row has a key, so a batch that is formed and stored again after a crash changes nothing.
 */
export interface Batch {
  readonly rows: Readonly<Record<BatchTable, Map<string, Row>>>
  /** Journal position of its first record. */
  readonly firstSeq: number
  /** What the rows take in memory, about. */
  bytes: number
}

/**
 * Rows that are held until the time ends the batch, in memory; beyond it they are inserted at once, and the batch goes on. A
 * second of 2,000 events takes 3 MB.
 */
export const batchMaxBytes = 16_777_216
/** What a row takes besides its longest text. */
const rowBytes = 1024

export function emptyBatch(firstSeq: number): Batch {
  const rows = {
    events: new Map(),
    sessions: new Map(),
    ads: new Map(),
    chapters: new Map(),
    diagnostics: new Map(),
  }
  return { rows, firstSeq, bytes: 0 }
}

/** Put a row into the batch; a later one with the same key replaces it. */
export function put(batch: Batch, table: BatchTable, key: string, row: Row): void {
  const { body } = row
  batch.rows[table].set(key, row)
  batch.bytes += rowBytes + (typeof body === 'string' ? body.length : 0)
}

/** Take all rows out of a batch that goes on: they are stored. */
export function emptyRows(batch: Batch): void {
  for (const rows of Object.values(batch.rows)) rows.clear()
  batch.bytes = 0
}
