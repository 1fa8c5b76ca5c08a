import type { Outcome, Trial } from './trial.ts'

/** A table of a page, between `<!-- id -->` and `<!-- /id -->`. */
export interface Table {
  readonly id: string
  readonly heads: readonly string[]
  /** What its rows are called, in their order: the first cell of each. */
  readonly names: readonly string[]
}

/** The table of trials with these names. */
export function faultTable(names: readonly string[]): Table {
  const heads = ['what was done', 'how often', 'acknowledged', 'lost', 'doubled', 'wrong', 'measured', 'run']
  return { id: 'faults', heads, names }
}

/** A trial as a row of the table. */
export function rowOf(
  { name, unit }: Trial,
  count: number,
  outcome: Outcome | string,
  run: string,
): readonly string[] {
  if (typeof outcome === 'string') return [name, '0', '', '', '', '', `not run here: ${outcome}`, run]
  const { acknowledged, lost, doubled, wrong, warnings } = outcome
  const numbers = [acknowledged, lost, doubled, wrong.length].map((value) => value.toLocaleString('en-US'))
  return [name, `${count.toLocaleString('en-US')} ${unit}`, ...numbers, warnings, run]
}

/**
 * Put rows into a table of a page, each in the place of the one of the same name; the others stay.
 *
 * @throws RangeError when they are of another machine
 */
export function putRows(
  page: string,
  { id, heads, names }: Table,
  rows: readonly (readonly string[])[],
  machine: string,
): string {
  const [begin, end] = [`<!-- ${id} -->`, `<!-- /${id} -->`]
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to === -1) throw new RangeError(`the page has no ${begin} … ${end}`)
  const region = page.slice(from + begin.length, to)
  const byName = new Map([...rowsIn(region), ...rows].map((row) => [row[0], row]))
  const kept = names.flatMap((name) => {
    const row = byName.get(name)
    return row === undefined ? [] : [row]
  })
  const isAnotherMachine = kept.some((row) => !rows.includes(row)) && !region.includes(machine)
  if (isAnotherMachine) throw new RangeError('the other rows are of another machine: run all of them')
  const table = [heads, heads.map(() => '---'), ...kept].map((row) => `| ${row.join(' | ')} |`).join('\n')
  return `${page.slice(0, from)}${begin}\n\nMachine: ${machine}.\n\n${table}\n\n${page.slice(to)}`
}

function rowsIn(region: string): string[][] {
  const lines = region.split('\n').filter((line) => line.startsWith('| '))
  return lines.map((line) =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim()),
  )
}
