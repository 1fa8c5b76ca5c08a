import type { LogRecord } from '../log/record.ts'
import type { Store, StoreTable } from '../store/store.ts'
import type { Row } from '../store/rows/row.ts'

/** What is refused is in no journal. */
type BatchTable = Exclude<StoreTable, 'refusals'>

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

/** Rows inserted at a time: a large insert makes one large string, here and in the store. */
const insertRowsMax = 5000

/** Tables in the order they are filled: when a session's row says that it is closed, all the rest of it is there. */
const tables = ['events', 'ads', 'chapters', 'diagnostics', 'sessions'] as const

/** Store a batch. Resolves when it is on disk; a batch that was stored in part is stored again as a whole. */
export async function insertBatch(store: Store, batch: Batch, clock: LogRecord): Promise<void> {
  const name = `${batch.firstSeq}-${clock.seq}`
  for (const table of tables) {
    const rows = [...batch.rows[table].values()]
    // One insert after the other: the embedded engine does one at a time anyway.
    for (let from = 0; from < rows.length; from += insertRowsMax) {
      await store.insert(table, rows.slice(from, from + insertRowsMax), name)
    }
  }
}
