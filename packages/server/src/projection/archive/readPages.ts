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
  /** The rows of a page: those behind a key, up to the last of the page's keys. */
  readonly rows: (after: Key | undefined, last: Key, keys: readonly Key[]) => Promise<readonly Row[]>
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
    for (const page of pagesOf(keys)) {
      const last = page.at(-1)
      if (last === undefined) continue
      yield await readRows(after, last, page)
      after = last
    }
    if (keys.length < rowsMax) return
  }
}

/** The keys of as many rows as are read at once. */
function* pagesOf<Key extends SizedKey>(keys: readonly Key[]): Generator<readonly Key[]> {
  let [from, bytes] = [0, 0]
  for (const [nth, key] of keys.entries()) {
    if (nth > from && bytes + key.bytes > pageMaxBytes) {
      yield keys.slice(from, nth)
      ;[from, bytes] = [nth, 0]
    }
    bytes += key.bytes
  }
  yield keys.slice(from)
}
