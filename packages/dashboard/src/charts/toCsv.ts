/** A cell of a table that is saved. */
export type Cell = string | number | boolean | null | undefined

/** Figures as they are saved: exact, whatever the page shows of them. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Whether there are more rows than are saved: the last one is of dots then, in each column. */
  readonly isCut?: boolean
}

/**
 * A table as CSV (RFC 4180), with a byte order mark so that spreadsheets read UTF-8. Whatever a spreadsheet would take
 * for a formula gets an apostrophe in front: titles are written by strangers.
 */
export function toCsv({ head, rows, isCut = false }: Table): string {
  const more = isCut ? [head.map(() => '…')] : []
  return `\uFEFF${[head, ...rows, ...more].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
