import { messageOf } from '../messageOf.ts'
import { RowsRefused } from './rowsRefused.ts'

/**
 * Bytes of one row at most, as JSON. The largest event that the settings allow has 17 MB; a row beyond this could not be
 * parsed beside others in the store's memory, so it is refused before it is sent.
 */
export const rowMaxBytes = 67_108_864

/** A row as the store takes it: a line of JSON. */
export type EncodedRow = Buffer

/**
 * Encode a row.
 *
 * @throws RowsRefused when it is too large, or cannot be written as JSON
 */
export function encodeRow(row: object): EncodedRow {
  const line = Buffer.from(`${jsonOf(row)}\n`)
  if (line.length <= rowMaxBytes) return line
  throw refused('ROW_TOO_LARGE', `The row has ${line.length} bytes; ${rowMaxBytes} are the limit.`)
}

function jsonOf(row: object): string {
  try {
    return JSON.stringify(row)
  } catch (error) {
    // V8 throws a RangeError when a text is longer than its longest string.
    const type = error instanceof RangeError ? 'ROW_TOO_LARGE' : 'ROW_NOT_JSON'
    throw refused(type, messageOf(error))
  }
}

function refused(type: string, reason: string): RowsRefused {
  return new RowsRefused(`a row is refused: ${type}`, { code: type, type, message: reason })
}
