import { Slice } from '../inSlices.ts'
import type { EncodedRow } from './encodeRow.ts'

/** Rows of one insert at most: the store reads them as one block. */
const insertRowsMax = 5000
/**
 * Bytes of one insert at most, unless a single row has more. They are copied twice on their way, which holds up other
 * work for some milliseconds, and the store keeps them in memory while it reads them.
 */
const insertMaxBytes = 8_388_608

/**
 * Divide rows, in their order, into slices that are inserted at once. They are taken one by one, and only when they are needed:
 * to encode 5,000 rows takes 10 to 30 ms, in which everything else has its turn.
 */
export async function* slicesOf<Item extends { readonly line: EncodedRow }>(
  items: Iterable<Item>,
): AsyncGenerator<Item[], void, undefined> {
  const turn = new Slice()
  let slice: Item[] = []
  let bytes = 0
  for (const item of items) {
    if (turn.isOver) await turn.next()
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
