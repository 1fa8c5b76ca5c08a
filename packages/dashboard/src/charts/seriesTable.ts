import type { Series } from './series.ts'
import type { Table } from './toCsv.ts'

/** Lines over time as a table: a row for each moment, a column for each line. */
export function seriesTable(clock: string, times: readonly string[], series: readonly Series[]): Table {
  return {
    head: [clock, ...series.map(({ name }) => name)],
    rows: times.map((time, index) => [time, ...series.map(({ points }) => points[index]?.y)]),
  }
}
