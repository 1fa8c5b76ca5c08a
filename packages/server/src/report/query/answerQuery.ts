import type { ReportResult, ReportRow } from '@playhead/protocol'
import type { Store } from '../../store/store.ts'
import type { Row } from '../../store/rows/row.ts'
import { planQuery } from './planQuery.ts'
import type { ResolvedQuery } from './resolveQuery.ts'

/** Run a query and put its answer into the shape that JSON has. */
export async function answerQuery(store: Pick<Store, 'query'>, query: ResolvedQuery): Promise<ReportResult> {
  const plan = planQuery(query)
  const [rows, totals] = await Promise.all([
    store.query<Row>(plan.rows.sql, plan.rows.params),
    plan.totals ? store.query<Row>(plan.totals.sql, plan.totals.params) : undefined,
  ])
  const { current, previous, offset, limit } = query
  const { zone } = current.range
  const [all] = totals ?? []
  return {
    from: zone.iso(current.range.fromMs),
    to: zone.iso(current.range.toMs),
    timeZone: zone.name,
    ...(previous && {
      comparedTo: { from: zone.iso(previous.range.fromMs), to: zone.iso(previous.range.toMs) },
    }),
    rows: rows.map((row) => rowOf(query, row)),
    ...(all && { totals: figuresOf(query, all) }),
    page: { offset, limit, rows: Number(rows[0]?.['row_count'] ?? 0) },
  }
}

function rowOf(query: ResolvedQuery, row: Row): ReportRow {
  const { buckets, range } = query.current
  return {
    ...(buckets && { time: range.zone.iso(buckets.startMs(Number(row['n']))) }),
    ...(row['other'] === 1 && { isOther: true as const }),
    dimensions: Object.fromEntries(
      query.dimensions.map(({ id }, nth) => [id, row[`d${nth}`] as ReportRow['dimensions'][string]]),
    ),
    ...figuresOf(query, row),
  }
}

function figuresOf({ metrics, previous }: ResolvedQuery, row: Row): Pick<ReportRow, 'metrics' | 'previous'> {
  const figures = (prefix: string) =>
    Object.fromEntries(metrics.map(({ id }, nth) => [id, row[`${prefix}${nth}`] as number | null]))
  return { metrics: figures('m'), ...(previous && { previous: figures('p') }) }
}
