import type { LogRecord } from '../log/record.ts'
import type { Store, StoreTable } from '../store/store.ts'
import type { Row } from '../store/rows/row.ts'
import { insertSound, type KeyedRow } from './insertSound.ts'
import type { Quarantine } from './quarantine.ts'

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
/** Text of events inserted at a time: a string has an end, and so has the store's memory. */
const insertBodyCharsMax = 33_554_432

/** Tables in the order they are filled: when a session's row says that it is closed, all the rest of it is there. */
const tables = ['events', 'ads', 'chapters', 'diagnostics', 'sessions'] as const

/**
 * Store a batch. Resolves when it is on disk, but for the rows that the store refuses for ever, which are in quarantine
 * then. A batch that was stored in part is stored again as a whole.
 */
export async function insertBatch(
  store: Store,
  batch: Batch,
  clock: LogRecord,
  quarantine: Pick<Quarantine, 'keep'>,
): Promise<void> {
  const name = `${batch.firstSeq}-${clock.seq}`
  for (const table of tables) {
    // One insert after the other: the embedded engine does one at a time anyway.
    for (const rows of slicesOf(batch.rows[table])) {
      for (const refused of await insertSound(store, table, rows, name)) await quarantine.keep(refused)
    }
  }
}

/** The rows of a table with their keys, as many at a time as may be inserted at once. */
function* slicesOf(rows: ReadonlyMap<string, Row>): Generator<KeyedRow[]> {
  let slice: KeyedRow[] = []
  let chars = 0
  for (const [key, row] of rows) {
    const { body } = row
    slice.push({ key, row })
    chars += typeof body === 'string' ? body.length : 0
    if (slice.length < insertRowsMax && chars < insertBodyCharsMax) continue
    yield slice
    slice = []
    chars = 0
  }
  if (slice.length > 0) yield slice
}
