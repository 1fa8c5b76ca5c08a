import type { Row } from '../store/rows/row.ts'
import type { StoreTable } from '../store/store.ts'

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
}

export function emptyBatch(firstSeq: number): Batch {
  const rows = {
    events: new Map(),
    sessions: new Map(),
    ads: new Map(),
    chapters: new Map(),
    diagnostics: new Map(),
  }
  return { rows, firstSeq }
}

/** Put a row into the batch; a later one with the same key replaces it. */
export function put(batch: Batch, table: BatchTable, key: string, row: Row): void {
  batch.rows[table].set(key, row)
}
