import type { EncodedRow } from '../clickhouse/encodeRow.ts'
import { RowsRefused } from '../clickhouse/rowsRefused.ts'
import type { Store, StoreTable } from '../clickhouse/store.ts'
import { sampleRow } from './sampleRow.ts'

export type InsertingStore = Pick<Store, 'insertEncoded' | 'probe'>

/** A row as it travels, whose it is, and what tells it from the others of its table. */
export interface KeyedRow {
  readonly key: string
  readonly sid: string
  readonly line: EncodedRow
}

/** A row that the store will never take. */
export interface RefusedRow extends Omit<KeyedRow, 'line'> {
  readonly table: StoreTable
  /** The batch that it was in, by its journal positions. */
  readonly batch: string
  /** `undefined` when it cannot be encoded. */
  readonly line: EncodedRow | undefined
  /** A `RowsRefused`, or the last of the failures that it has met while the store took other rows. */
  readonly error: Error
}

/**
 * Decides what becomes of an insert that failed though no row was refused: throws to give up, or resolves when it is to be
 * tried again, with whether the store has proved since that it takes rows of this table.
 */
export type OnFailure = (error: unknown, table: StoreTable) => Promise<boolean>

/**
 * How often an insert fails, while the store proves in between that it takes other rows, until its rows are suspected: what
 * passes mostly does so within seconds.
 */
const sliceTriesMax = 5
/** The same for a row alone: all inserts that it was part of have failed before. */
const rowTriesMax = 3
/** Rows of one session in one insert that are refused one by one; the rest of that session's are then refused untried. */
const refusedOfSessionMax = 20

/**
 * Insert the rows that the store takes, and find those that it never will: an insert that is refused, or fails again and again
 * though the store takes other rows, is halved until they stand alone. Resolves with them, when all others are on disk.
 *
 * @param onFailure absent: the first failure is thrown
 * @throws RowsRefused when the table takes no row at all
 */
export async function insertSound(
  store: InsertingStore,
  table: StoreTable,
  rows: readonly KeyedRow[],
  batch: string,
  onFailure: OnFailure = giveUp,
): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = []
  const refusedOf = new Map<string, number>()
  let isAnyTaken = false

  /** Resolves with why the rows are not taken; `undefined` when they are on disk. */
  async function tryInsert(part: readonly KeyedRow[], triesMax: number): Promise<Error | undefined> {
    for (let tries = 0; ;) {
      try {
        await store.insertEncoded(
          table,
          part.map(({ line }) => line),
          batch,
        )
        isAnyTaken = true
        return undefined
      } catch (error) {
        if (error instanceof RowsRefused) return error
        if (await onFailure(error, table)) tries += 1
        if (tries >= triesMax) return error instanceof Error ? error : new Error(String(error))
      }
    }
  }

  async function refuse({ key, sid, line }: KeyedRow, error: Error): Promise<void> {
    // Maybe the table is wrong, and takes nothing.
    if (!isAnyTaken) await store.probe(table, sampleRow(table))
    isAnyTaken = true
    refused.push({ table, batch, key, sid, line, error })
    refusedOf.set(sid, (refusedOf.get(sid) ?? 0) + 1)
  }

  function isHopeless({ sid }: KeyedRow): boolean {
    return (refusedOf.get(sid) ?? 0) >= refusedOfSessionMax
  }

  async function insert(part: readonly KeyedRow[], triesMax: number): Promise<void> {
    const [first] = part
    if (first === undefined) return
    const error = await tryInsert(part, triesMax)
    if (error === undefined) return
    if (part.length === 1) return refuse(first, error)
    const half = Math.ceil(part.length / 2)
    for (const each of [part.slice(0, half), part.slice(half)]) {
      const others = each.filter((row) => !isHopeless(row))
      for (const row of each.filter(isHopeless)) refused.push({ ...row, table, batch, error })
      await insert(others, others.length === 1 ? rowTriesMax : 1)
    }
  }

  await insert(rows, sliceTriesMax)
  return refused
}

async function giveUp(error: unknown): Promise<never> {
  throw error
}
