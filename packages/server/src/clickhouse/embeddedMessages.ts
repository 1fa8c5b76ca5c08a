/** What the server and the process with the embedded engine say to each other. */

/** One statement, or the wish to close: nothing comes after that. */
export type Request = StatementRequest | { readonly kind: 'close' }

export interface StatementRequest {
  readonly kind: 'statement'
  readonly id: number
  /** Writes run one at a time, reads a few side by side. */
  readonly lane: 'read' | 'write'
  /** A `SET` for this statement alone. */
  readonly set: string
  /** With its `FORMAT`. Of an insert of rows: the table's name alone. */
  readonly sql: string
  /** The rows to insert, a line of JSON each: bytes, because a string has an end. */
  readonly rows?: Uint8Array
  /** After so long ClickHouse stops it itself, milliseconds; 0: it is not told to. */
  readonly stoppedAfterMs?: number
}

export type Reply =
  /** The engine is open; nothing is asked of it before. */
  | { readonly kind: 'open' }
  /** A piece of a result; others follow. */
  | { readonly kind: 'piece'; readonly id: number; readonly bytes: Uint8Array }
  /** The last piece of a result. */
  | { readonly kind: 'done'; readonly id: number; readonly bytes: Uint8Array }
  /** `message` as ClickHouse puts it: `Code: 62. DB::Exception: ... (SYNTAX_ERROR)`. */
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
