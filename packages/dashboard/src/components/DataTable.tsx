import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/useText.tsx'
import type { Cell, Table } from '../charts/toCsv.ts'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** What it is sorted by, and saved as. */
  readonly value: (row: Row) => Cell
  /** How it is shown; by default the value as it is. */
  readonly show?: (row: Row) => ReactNode
  readonly isNumber?: boolean
  /** Whether it is a sentence, which wants some room. */
  readonly isProse?: boolean
}

export interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Shown in place of rows where there are none. */
  readonly none: string
}

/** A table that is sorted by a click on a column's heading; until then rows stay in the order they come in. */
export function DataTable<Row>({ label, columns, rows, keyOf, none }: DataTableProps<Row>) {
  const { text } = useText()
  const [sort, setSort] = useState<{ readonly id: string; readonly isDown: boolean }>()
  const by = columns.find(({ id }) => id === sort?.id)
  const sorted = by
    ? rows.toSorted((a, b) => compare(by.value(a), by.value(b)) * (sort?.isDown ? -1 : 1))
    : rows
  const turn = ({ id, isNumber = false }: Column<Row>): void =>
    setSort((before) => (before?.id === id ? { id, isDown: !before.isDown } : { id, isDown: isNumber }))
  if (rows.length === 0) return <p className="none">{none}</p>
  return (
    <section className={columns.length > 3 ? 'table is-stacked' : 'table'} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr data-title={text.sortBy}>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.isNumber ? 'is-number' : undefined}
                aria-sort={sort?.id === column.id ? (sort.isDown ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => turn(column)}>
                  {column.title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, title, value, show, isNumber, isProse }) => (
                <td
                  key={id}
                  data-title={title}
                  className={isNumber ? 'is-number' : isProse ? 'is-prose' : wordsOf(value(row))}
                >
                  {show ? show(row) : String(value(row) ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A word of more letters may be broken anywhere, an id say; others are not. */
const wordLettersMax = 20

function wordsOf(value: Cell): string | undefined {
  return String(value ?? '')
    .split(/\s/)
    .every((word) => word.length <= wordLettersMax)
    ? 'is-words'
    : undefined
}

/** A table's figures, to be saved. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return {
    head: columns.map(({ title }) => title),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  }
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '').localeCompare(String(b ?? ''))
}
