import type { ReportResult } from '@playhead/protocol/reporting'
import type { Point, Series } from '../charts/series.ts'

export interface Line {
  readonly metric: string
  readonly name: string
  /** What a figure is where nothing happened: 0 of a count, nothing of a mean. */
  readonly none: 0 | null
}

/** The lines of metrics over time, each with the one it is compared with. Intervals without a row are filled in. */
export function seriesOf(
  { rows, comparedTo }: Pick<ReportResult, 'rows' | 'comparedTo'>,
  beginnings: readonly number[],
  lines: readonly Line[],
  nameOfCompared: (name: string) => string,
): Series[] {
  const rowAt = new Map(rows.map((row) => [Date.parse(row.start ?? ''), row]))
  return lines.flatMap(({ metric, name, none }) => {
    const points = (values: 'metrics' | 'previous'): Point[] =>
      beginnings.map((x) => ({ x, y: rowAt.get(x)?.[values]?.[metric] ?? none }))
    const own: Series = { name, points: points('metrics') }
    if (comparedTo === undefined) return [own]
    return [own, { name: nameOfCompared(name), points: points('previous'), isCompared: true }]
  })
}
