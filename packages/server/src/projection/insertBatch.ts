import type { LogRecord } from '../log/record.ts'
import { encodeRow } from '../clickhouse/encodeRow.ts'
import type { Row } from './rows/row.ts'
import { RowsRefused } from '../clickhouse/rowsRefused.ts'
import { slicesOf } from '../clickhouse/slicesOf.ts'
import type { Batch, BatchTable } from './batch.ts'
import {
  type InsertingStore,
  insertSound,
  type KeyedRow,
  type OnFailure,
  type RefusedRow,
} from './insertSound.ts'
import type { Quarantine } from './quarantine.ts'

/** Tables in the order they are filled: when a session's row says that it is closed, all the rest of it is there. */
const tables = ['events', 'ads', 'chapters', 'diagnostics', 'sessions'] as const

/**
 * Store a batch. Resolves when it is on disk, but for the rows that the store refuses for ever, which are in quarantine
 * then. A batch that was stored in part is stored again as a whole.
 *
 * @param onFailure decides what becomes of an insert that fails, if its rows are not known to be wrong
 */
export async function insertBatch(
  store: InsertingStore,
  batch: Batch,
  clock: LogRecord,
  quarantine: Pick<Quarantine, 'keep'>,
  onFailure?: OnFailure,
): Promise<void> {
  const name = `${batch.firstSeq}-${clock.seq}`
  for (const table of tables) {
    const unencodable: RefusedRow[] = []
    // One insert after the other: the embedded engine does one at a time anyway.
    for await (const rows of slicesOf(encoded(name, table, batch.rows[table], unencodable))) {
      for (const refused of await insertSound(store, table, rows, name, onFailure))
        await quarantine.keep(refused)
    }
    for (const refused of unencodable) await quarantine.keep(refused)
  }
}

/** The rows of a table as they travel; those that cannot be encoded are put aside. */
function* encoded(
  name: string,
  table: BatchTable,
  rows: ReadonlyMap<string, Row>,
  unencodable: RefusedRow[],
): Generator<KeyedRow> {
  for (const [key, row] of rows) {
    const sid = String(row['sid'])
    try {
      yield { key, sid, line: encodeRow(row) }
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error
      unencodable.push({ table, batch: name, key, sid, line: undefined, error })
    }
  }
}
