import type { Readable } from 'node:stream'
import type { EncodedRow } from './encodeRow.ts'
import type { Erased } from './eraseSessions.ts'
import type { ExportFormat } from './exportRows.ts'

/** The tables rows go into; `migrations/` has their columns. */
export type StoreTable = 'events' | 'sessions' | 'ads' | 'chapters' | 'diagnostics' | 'refusals'

/** What reads from ClickHouse and changes nothing. */
export interface StoreReader {
  /** Whether it finds what is of some report suites only; see `Store.seenBy`. */
  readonly isNarrowed: boolean

  /**
   * Read rows. `{name:Type}` in the SQL takes its value from `params`: strings, booleans, finite numbers,
   * bigints, null and arrays of these. Every table is read as if `FINAL` were written behind it: one row per
   * key, the newest. Nothing can be written. A query may take a minute and a gibibyte.
   *
   * 64-bit integers come as JSON numbers, exact up to 2^53; `DateTime64` as UTC text without a zone
   * (`2024-01-31 23:59:59.123`), for milliseconds select `toUnixTimestamp64Milli(column)`; NaN as null.
   *
   * @throws ClickHouseError with ClickHouse's `code` and `type`
   * @throws StoreUnavailable when the store is down, or goes down meanwhile
   */
  query<Row>(sql: string, params?: Readonly<Record<string, unknown>>): Promise<Row[]>

  /**
   * Read rows as a file: CSV with a line of names, one JSON object a line, Parquet, or `raw`: the bytes of
   * the values, with nothing in between. Otherwise as `query`; a statement that fails does so before there are bytes.
   */
  export(sql: string, params: Readonly<Record<string, unknown>>, format: ExportFormat): Promise<Readable>
}

/** ClickHouse, embedded or a server; the same statements run on both. Opened with `openStore`. */
export interface Store extends StoreReader {
  /**
   * Insert rows, each an object by column name. Resolves when they are on disk. To insert the same rows
   * again changes nothing, whatever happened in between: every table keeps one row per key.
   *
   * Columns left out take their default; an unknown column is refused. Null belongs in nullable columns only:
   * elsewhere text refuses it, but a number silently becomes 0.
   * Times are integer epoch milliseconds, also in `DateTime64(3)` columns.
   *
   * @param batch names the rows in error messages and in ClickHouse's own query log; their journal bounds do well
   * @throws StoreUnavailable when it may go well later: insert the same rows again, after `whenReady`
   * Many rows go in several inserts, each of bounded size.
   *
   * @throws RowsRefused when it never will: a value does not fit its column, or a row is too large
   * @throws ClickHouseError when something else is wrong, with the table or with us
   */
  insert(table: StoreTable, rows: readonly object[], batch: string): Promise<void>

  /** Insert rows that are encoded already, in one insert, otherwise as `insert`; `slicesOf` makes such inserts. */
  insertEncoded(table: StoreTable, rows: readonly EncodedRow[], batch: string): Promise<void>

  /**
   * Resolves when a table takes a row: tried on an empty copy of it, so no report sees the row. This tells rows that cannot
   * be stored from a table, a disk or an engine that takes no row at all.
   *
   * @throws what `insert` throws, when it does not
   */
  probe(table: StoreTable, row: object): Promise<void>

  /**
   * Reading that finds sessions, ads, chapters and refusals of these report suites only, whatever the SQL says: others are not
   * there. Events and diagnostics know no suite; read them by a session that was found.
   */
  seenBy(suites: readonly string[]): StoreReader

  /**
   * Take ads or chapters away for good: those that reprocessing no longer makes. Slow, and rare. What is lost in a
   * crash is there again, as if it had not been done.
   *
   * @throws StoreUnavailable and ClickHouseError as `insert`
   */
  removeParts(table: 'ads' | 'chapters', keys: readonly PartKey[]): Promise<void>

  /**
   * Take all rows of some sessions away for good, and what was refused with some texts in it, from the tables and from
   * the disk. Slow: parts are written anew. To be done again as a whole when it fails; the rows of `events` go last.
   *
   * @param onParts told time after time how many parts are left to be written anew
   * @throws StoreUnavailable and ClickHouseError as `insert`
   */
  erase(erased: Erased, onParts?: (left: number) => void): Promise<void>

  /**
   * Whether nothing is deleted for its age: while the system's clock cannot be trusted. A ClickHouse server has a clock
   * of its own, and is left alone.
   *
   * @throws StoreUnavailable and ClickHouseError as `insert`
   */
  holdRetention(isHeld: boolean): Promise<void>

  readonly status: StoreStatus

  /** Resolves when `status.state` is `ready`, now or later. Rejects when the signal aborts or the store is closed. */
  whenReady(signal?: AbortSignal): Promise<void>

  /** Waits for what is running, 10 seconds at most, and lets go of the store for good. */
  close(): Promise<void>
}

/** An ad, or a chapter, of a session. */
export interface PartKey {
  readonly sid: string
  readonly ordinal: number
}

export interface StoreStatus {
  /** `starting` until the first `ready`; `down` after a failure, while it is being mended. */
  readonly state: 'starting' | 'ready' | 'down'
  /** Why it is down, or what is missing though it is ready. */
  readonly detail?: string
}

/** An insert that is over. */
export interface StoreInsert {
  readonly table: StoreTable
  /** `failed` also while the store is down. */
  readonly outcome: 'stored' | 'failed'
  readonly seconds: number
}

/** What happens to a store, for the log. */
export type StoreEvent =
  | { readonly kind: 'ready'; readonly afterMs: number }
  | { readonly kind: 'migrated'; readonly migration: string }
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'down'; readonly detail: string; readonly retryInMs: number }
  | { readonly kind: 'engineSaid'; readonly line: string }
