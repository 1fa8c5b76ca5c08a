/** What ClickHouse, or we in its place, say of rows that are refused. */
interface Refusal {
  readonly code: string
  readonly type?: string | undefined
  readonly message: string
}

/** Rows do not fit their table, and never will: they are refused for what they are. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
  /** ClickHouse's number of the error, and its name. */
  readonly code: string
  readonly type: string | undefined
  /** In its own words, which repeat the row: not for the log. */
  readonly reason: string
  constructor(message: string, refusal: Refusal) {
    super(message)
    this.code = refusal.code
    this.type = refusal.type
    this.reason = refusal.message
  }
}

/**
 * ClickHouse's codes for what is wrong with a value: it cannot be parsed (6, 25, 26, 27, 33, 38, 41, 72, 130, 467), is of
 * another type (53, 70, 117, 190, 349), too large (69, 128, 131, 321, 407), or against a constraint of the table (469).
 */
const valueCodes = new Set(
  '6 25 26 27 33 38 41 72 130 467 53 70 117 190 349 69 128 131 321 407 469'.split(' '),
)

/** Whether ClickHouse refuses a value for what it is. A column that it does not know is a problem of the table, or of ours. */
export function isOfValues({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return valueCodes.has(code) && !message.includes('Unknown field')
}
