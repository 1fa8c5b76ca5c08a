import type { EncodedRow } from './encodeRow.ts'

/** Rows of one insert at most: the store reads them as one block. */
const insertRowsMax = 5000
/**
 * Bytes of one insert at most, unless a single row has more. They are copied twice on their way, which holds up other
 * work for some milliseconds, and the store keeps them in memory while it reads them.
 */
const insertMaxBytes = 8_388_608

/** Divide rows, in their order, into slices that are inserted at once. They are taken one by one, and only when they are needed. */
export function* slicesOf<Item extends { readonly line: EncodedRow }>(
  items: Iterable<Item>,
): Generator<Item[]> {
  let slice: Item[] = []
  let bytes = 0
  for (const item of items) {
    const { length } = item.line
    if (slice.length > 0 && (slice.length >= insertRowsMax || bytes + length > insertMaxBytes)) {
      yield slice
      slice = []
      bytes = 0
    }
    slice.push(item)
    bytes += length
  }
  if (slice.length > 0) yield slice
}
