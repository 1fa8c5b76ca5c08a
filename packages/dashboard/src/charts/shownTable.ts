import type { Table } from './toCsv.ts'

/** A table as it is drawn: texts, and bars by the share of the longest one (0 to 1). */
export interface ShownTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  /** Which columns are figures, which stand at the right. */
  readonly areFigures: readonly boolean[]
  readonly barColour?: string
}

/**
 * What a part of the page shows: the texts of its table, sorted and written as they are there, its tiles or its bars;
 * where it shows something else its figures.
 */
export function shownTable(box: Element, table: Table): ShownTable {
  const shown = box.querySelector('table')
  if (shown) {
    const [head = [], ...rows] = [...shown.rows].map(({ cells }) => [...cells])
    return {
      head: head.map(textOf),
      rows: rows.map((cells) => cells.map(textOf)),
      areFigures: head.map(({ classList }) => classList.contains('is-number')),
    }
  }
  const tiles = [...box.querySelectorAll('.tile')]
  if (tiles.length > 0) {
    const columns = ['dt', '.figure', '.change'].filter((part) => box.querySelector(part) !== null)
    return {
      // How a figure changed needs no name.
      head: columns.map((_, nth) => table.head.slice(0, 2)[nth] ?? ''),
      rows: tiles.map((tile) => columns.map((part) => textOf(tile.querySelector(part)))),
      areFigures: columns.map((_, nth) => nth > 0),
    }
  }
  const bars = [...box.querySelectorAll('.bars li')]
  const [bar] = bars.map((each) => each.querySelector('.filled'))
  if (bar) {
    const [name = '', value = ''] = table.head
    return {
      head: [name, '', value],
      rows: bars.map((each) => {
        const share = Number.parseFloat(each.querySelector('.filled')?.getAttribute('width') ?? '') / 100
        return [textOf(each.firstElementChild), share, textOf(each.lastElementChild)]
      }),
      areFigures: [false, false, true],
      barColour: getComputedStyle(bar).fill,
    }
  }
  return {
    head: table.head,
    rows: table.rows.map((row) => row.map((cell) => String(cell ?? ''))),
    areFigures: table.head.map((_, column) =>
      table.rows.every((row) => typeof (row[column] ?? 0) === 'number'),
    ),
  }
}

function textOf(element: Element | null): string {
  return element?.textContent.trim() ?? ''
}
