import type { Row } from '../store/rows/row.ts'
import { RowsRefused } from '../store/rowsRefused.ts'
import type { Store, StoreTable } from '../store/store.ts'

/** A row, and what tells it from the others of its table. */
export interface KeyedRow {
  readonly key: string
  readonly row: Row
}

/** A row that the store refuses for ever. */
export interface RefusedRow extends KeyedRow {
  readonly table: StoreTable
  readonly error: RowsRefused
}

/** If so many rows are refused and none is taken, it is not the rows that are at fault. */
const refusedAloneMax = 100

/**
 * Insert the rows that the store takes, and find those that it refuses for what they are: a batch that is refused is
 * halved until they stand alone. Resolves with them, when all others are on disk.
 *
 * @throws RowsRefused when the table seems to take nothing any more
 * @throws StoreUnavailable and ClickHouseError as `Store.insert`
 */
export async function insertSound(
  store: Store,
  table: StoreTable,
  rows: readonly KeyedRow[],
  batch: string,
): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = []
  let isAnyTaken = false

  async function insert(part: readonly KeyedRow[]): Promise<void> {
    try {
      await store.insert(
        table,
        part.map(({ row }) => row),
        batch,
      )
      isAnyTaken = true
      return
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error
      const [first, ...others] = part
      if (first !== undefined && others.length === 0) {
        refused.push({ ...first, table, error })
        if (refused.length > refusedAloneMax && !isAnyTaken) throw error
        return
      }
    }
    const half = Math.ceil(part.length / 2)
    await insert(part.slice(0, half))
    await insert(part.slice(half))
  }

  await insert(rows)
  return refused
}
