import type { ReportResult, ReportRow } from '@playhead/protocol'
import type { Store } from '../../clickhouse/store.ts'
import type { Row } from '../../projection/rows/row.ts'
import { planQuery } from './planQuery.ts'
import type { ResolvedQuery } from './resolveQuery.ts'

/** Run a query and put its answer into the shape that JSON has. */
export async function answerQuery(store: Pick<Store, 'query'>, query: ResolvedQuery): Promise<ReportResult> {
  const { rows: rowsPlan, totals: totalsPlan, hasRowsTotals } = planQuery(query)
  const totalsOf = async () => {
    const [row] = totalsPlan ? await store.query<Row>(totalsPlan.sql, totalsPlan.params) : []
    return row && figuresOf(query, row, ['m', 'p'])
  }
  const [rows, apart] = await Promise.all([
    store.query<Row>(rowsPlan.sql, rowsPlan.params),
    hasRowsTotals ? undefined : totalsOf(),
  ])
  const [first] = rows
  const all = apart ?? (hasRowsTotals && first ? figuresOf(query, first, ['t', 'u']) : await totalsOf())
  const { current, previous, offset, limit } = query
  const { zone } = current.range
  return {
    from: zone.iso(current.range.fromMs),
    to: zone.iso(current.range.toMs),
    timeZone: zone.name,
    ...(previous && {
      comparedTo: { from: zone.iso(previous.range.fromMs), to: zone.iso(previous.range.toMs) },
    }),
    rows: rows.map((row) => rowOf(query, row)),
    ...(all && { totals: all }),
    page: { offset, limit, rows: Number(rows[0]?.['row_count'] ?? 0) },
  }
}

function rowOf(query: ResolvedQuery, row: Row): ReportRow {
  const { buckets, range } = query.current
  return {
    ...(buckets && { start: range.zone.iso(buckets.startMs(Number(row['n']))) }),
    ...(row['other'] === 1 && { isOther: true as const }),
    dimensions: Object.fromEntries(
      query.dimensions.map(({ id }, nth) => [id, row[`d${nth}`] as ReportRow['dimensions'][string]]),
    ),
    ...figuresOf(query, row, ['m', 'p']),
  }
}

/** The figures of a row, in the columns that begin so: of the period, and of the one it is compared with. */
function figuresOf(
  { metrics, previous }: ResolvedQuery,
  row: Row,
  [now, before]: readonly [string, string],
): Pick<ReportRow, 'metrics' | 'basis' | 'previous' | 'previousBasis'> {
  const figures = (prefix: string) =>
    Object.fromEntries(metrics.map(({ id }, nth) => [id, row[`${prefix}${nth}`] as number | null]))
  const bases = (prefix: string) => {
    const found = metrics.flatMap(({ id }, nth) => {
      const basis = row[`${prefix}${nth}_basis`]
      return basis === undefined ? [] : [[id, Number(basis)] as const]
    })
    return found.length > 0 && Object.fromEntries(found)
  }
  const [basis, previousBasis] = [bases(now), previous && bases(before)]
  return {
    metrics: figures(now),
    ...(basis && { basis }),
    ...(previous && { previous: figures(before) }),
    ...(previousBasis && { previousBasis }),
  }
}
