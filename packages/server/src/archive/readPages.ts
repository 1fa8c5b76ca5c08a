/** Keys that are looked up at once. A real event has some hundred bytes, so that their rows are ten megabytes. */
export const pageRowsMax = 20_000
/**
 * Bytes of rows that are read at once, unless one row has more: whoever sends large events or lists must not make a page larger
 * than the store and this process have memory for.
 */
const pageMaxBytes = 16_777_216

/** What says where a row is in its order, and how large it is. */
export interface SizedKey {
  readonly bytes: number
}

export interface Pages<Key extends SizedKey, Row> {
  /** The first keys behind one, in order; of `undefined` the first of all. */
  readonly keys: (after: Key | undefined, limit: number) => Promise<readonly Key[]>
  /** The rows behind a key, up to another one and with it. */
  readonly rows: (after: Key | undefined, last: Key) => Promise<readonly Row[]>
  /** Rows of a page at most. */
  readonly rowsMax?: number
}

/** Read rows in their order, page by page: first the keys and sizes alone, and by these as many rows as are not too large. */
export async function* readPages<Key extends SizedKey, Row>({
  keys: readKeys,
  rows: readRows,
  rowsMax = pageRowsMax,
}: Pages<Key, Row>): AsyncGenerator<readonly Row[]> {
  for (let after: Key | undefined; ;) {
    const keys = await readKeys(after, rowsMax)
    for (const last of endsOfPages(keys)) {
      yield await readRows(after, last)
      after = last
    }
    if (keys.length < rowsMax) return
  }
}

/** The last key of each page. */
function* endsOfPages<Key extends SizedKey>(keys: readonly Key[]): Generator<Key> {
  let bytes = 0
  let last: Key | undefined
  for (const key of keys) {
    if (last !== undefined && bytes + key.bytes > pageMaxBytes) {
      yield last
      bytes = 0
    }
    bytes += key.bytes
    last = key
  }
  if (last !== undefined) yield last
}
