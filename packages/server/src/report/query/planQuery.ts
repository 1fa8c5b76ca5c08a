import { keySql } from './dimensionSql.ts'
import { filterSql, type ResolvedFilter } from './filterSql.ts'
import { type MetricPlan, planMetric, type Sum } from './metricSql.ts'
import { ofSessionSql } from './ofSessionSql.ts'
import { Params, type Statement } from './params.ts'
import type { Range } from './range.ts'
import type { Period, ResolvedQuery, Scope } from './resolveQuery.ts'
import { rangeSql, type Source, sources } from './sources.ts'
import { tableSql } from './tableSql.ts'

/**
 * The statements that a query comes to. Their columns are `n` (interval), `other`, `d0`.., `m0`.., `p0`.. and `row_count`;
 * `t0`.. and `u0`.. in every row are the totals of `m0`.. and `p0`.., where the rows have them.
 */
export interface QueryPlan {
  readonly rows: Statement
  readonly hasRowsTotals: boolean
  /** The totals by themselves, as `m0`.. and `p0`..: for where the rows have none, or there is no row. */
  readonly totals: Statement | undefined
}

/**
 * Turn a query into SQL. Each source (a table, and the time at which its metrics are reported) is read once for each
 * period and summed up by interval and dimensions; the sums are put together and become metrics at the very end. Pure:
 * the same query gives the same statement.
 */
export function planQuery(query: ResolvedQuery): QueryPlan {
  const { dimensions, top, withTotals } = query
  // A session of several genres is in several rows; and a top may leave rows out.
  const isAllOnce = dimensions.every(({ type }) => type !== 'list') && (top === undefined || top.other)
  const hasRowsTotals = withTotals && isAllOnce
  return {
    rows: planRows(query, hasRowsTotals),
    hasRowsTotals,
    totals: withTotals ? planTotals(query) : undefined,
  }
}

/** Of all that matches, without dimensions and intervals. */
function planTotals(query: ResolvedQuery): Statement {
  const params = new Params()
  const without = (period: Period | undefined) => period && { range: period.range, buckets: undefined }
  const bare = { ...query, dimensions: [], top: undefined, previous: without(query.previous) }
  const { base, shown } = planSums(
    { ...bare, current: { range: query.current.range, buckets: undefined } },
    params,
  )
  return { sql: `SELECT ${shown.join(', ')} FROM (${base})`, params: params.values }
}

function planRows(query: ResolvedQuery, withTotals: boolean): Statement {
  const params = new Params()
  const { dimensions, current, top, limit, offset, format } = query
  const { base, sums, keys, shown, totals, rank } = planSums(query, params, withTotals)
  const from =
    top === undefined ? base : topSql(top, { base, sums, keys, rank, dimensions: dimensions.length })
  const isOther = top?.other === true
  const columns = [...keys, ...(isOther ? ['other'] : []), ...shown, ...(withTotals ? totals : [])]
  const isTable = format !== 'json'
  const inner = `SELECT ${[...columns, ...(isTable ? [] : ['count() OVER () AS row_count'])].join(', ')} FROM (${from}) ${orderSql(query, isOther)} LIMIT ${params.add(limit, 'UInt64')} OFFSET ${params.add(offset, 'UInt64')}`
  const sql = isTable ? tableSql(query, inner, current.buckets, params) : inner
  return { sql, params: params.values }
}

interface Planned {
  /** One row for each interval and combination of values, with the sums. */
  readonly base: string
  readonly sums: readonly Sum[]
  readonly keys: readonly string[]
  /** The metrics as expressions of the sums, named `m0`.. and `p0`... */
  readonly shown: readonly string[]
  /** The same over all rows, named `t0`.. and `u0`... */
  readonly totals: readonly string[]
  /** The metric that the top is made by, for all rows of the same values together. */
  readonly rank: string
}

/** @param withTotals whether the rows have the totals, too */
function planSums(query: ResolvedQuery, params: Params, withTotals = false): Planned {
  const { metrics, dimensions, current, previous, top } = query
  const plans = metrics.map((metric) => planMetric(metric, params))
  const sums: Sum[] = []
  for (const sum of plans.flatMap((plan) => plan.sums)) {
    if (placeOf(sums, sum) === -1) sums.push(sum)
  }
  const periods = [{ period: current, prefix: 'a' }, ...(previous ? [{ period: previous, prefix: 'b' }] : [])]
  const keys = [...(current.buckets ? ['n'] : []), ...dimensions.map((_, nth) => `d${nth}`)]
  const isOnePart = periods.length === 1 && new Set(sums.map(({ reportedAt }) => reportedAt)).size === 1
  // Viewers are counted at once where nothing is put together: what puts them together is large.
  const areCounted = isOnePart && top === undefined && !withTotals
  const summed = ({ isVisitors, sql }: Sum) => (isVisitors && !areCounted ? sql.replace('(', 'State(') : sql)
  const final = (sum: Sum, column: string) =>
    sum.isVisitors && !areCounted ? `finalizeAggregation(${column})` : column
  const parts = periods.flatMap(({ period, prefix }) =>
    [...new Set(sums.map(({ reportedAt }) => reportedAt))].map((reportedAt) => {
      const columns = periods.flatMap((each) =>
        sums.map((sum, nth) => {
          const isHere = each.prefix === prefix && sum.reportedAt === reportedAt
          return `${isHere ? summed(sum) : emptySql(sum)} AS ${each.prefix}${nth}`
        }),
      )
      return partSql(query, sources[reportedAt], period, columns, params)
    }),
  )
  const merged = periods.flatMap(({ prefix }) => sums.map((sum, nth) => mergeSql(sum, `${prefix}${nth}`)))
  const [onlyPart = ''] = parts
  const base =
    parts.length === 1
      ? onlyPart
      : `SELECT ${[...keys, ...merged].join(', ')} FROM (${parts.join(' UNION ALL ')})${groupBy(keys)}`
  const show = (plan: MetricPlan, prefix: string, wrap: (sum: Sum, column: string) => string) =>
    plan.finish(plan.sums.map((sum) => wrap(sum, `${prefix}${placeOf(sums, sum)}`)))
  const overAll = (sum: Sum, column: string) => windowSql(sum, column, 'OVER ()')
  const over = `OVER (PARTITION BY ${dimensions.map((_, nth) => `d${nth}`).join(', ')})`
  const rankPlan = plans[top?.by ?? 0]
  return {
    base,
    sums: periods.flatMap(({ prefix }) => sums.map((sum, nth) => ({ ...sum, sql: `${prefix}${nth}` }))),
    keys,
    shown: [
      ...plans.map((plan, nth) => `${show(plan, 'a', final)} AS m${nth}`),
      ...(previous ? plans.map((plan, nth) => `${show(plan, 'b', final)} AS p${nth}`) : []),
    ],
    totals: [
      ...plans.map((plan, nth) => `${show(plan, 'a', overAll)} AS t${nth}`),
      ...(previous ? plans.map((plan, nth) => `${show(plan, 'b', overAll)} AS u${nth}`) : []),
    ],
    rank: rankPlan ? show(rankPlan, 'a', (sum, column) => windowSql(sum, column, over)) : '0',
  }
}

/** One source in one period, summed up. */
function partSql(
  query: Pick<ResolvedQuery, 'dimensions'> & Scope,
  source: Source,
  { range, buckets }: Period,
  columns: readonly string[],
  params: Params,
): string {
  const keys = [
    ...(buckets ? [`${buckets.indexSql(source.time, params)} AS n`] : []),
    ...query.dimensions.map((dimension, nth) => `${keySql(dimension, source, range, params)} AS d${nth}`),
  ]
  const by = [...(buckets ? ['n'] : []), ...query.dimensions.map((_, nth) => `d${nth}`)]
  const where = scopeSql(query, source, { range }, params)
  return `SELECT ${[...keys, ...columns].join(', ')} FROM ${source.table} FINAL WHERE ${where}${groupBy(by)}`
}

/**
 * The rows of a source that a report may see.
 *
 * @param range the time of the rows
 * @param isInRange whether they are chosen by it here; otherwise the caller does
 */
export function scopeSql(
  { filters }: Scope,
  source: Source,
  { range, isInRange = true }: { readonly range: Range; readonly isInRange?: boolean },
  params: Params,
): string {
  const conditions = [
    ...(isInRange ? [rangeSql(source, range, params)] : []),
    source.isReported,
    ...filters.map((filter) =>
      isInRange && isOfSession(filter, source)
        ? ofSessionSql(filter, source, range, params)
        : filterSql(filter, source, range, params),
    ),
  ]
  return conditions.join(' AND ')
}

/** Whether the rows of a source do not know what a filter goes by, but the sessions that they belong to. */
function isOfSession({ dimension }: ResolvedFilter, { table }: Source): boolean {
  return dimension.isOfSessionOnly === true && table !== 'sessions'
}

/** Number the combinations of values by their rank; all beyond the top become one, or go. */
function topSql(
  { count, other }: NonNullable<ResolvedQuery['top']>,
  {
    base,
    sums,
    keys,
    rank,
    dimensions,
  }: Pick<Planned, 'base' | 'sums' | 'keys' | 'rank'> & { dimensions: number },
): string {
  const values = Array.from({ length: dimensions }, (_, nth) => `d${nth}`)
  const ranked = `SELECT *, dense_rank() OVER (ORDER BY rank DESC NULLS LAST, ${values.join(', ')}) AS place FROM (SELECT *, ${rank} AS rank FROM (${base}))`
  if (!other) return `SELECT * FROM (${ranked}) WHERE place <= ${count}`
  const inner = keys.map((key) => (key === 'n' ? 'n' : `if(place > ${count}, NULL, ${key}) AS ${key}_`))
  const merged = sums.map((sum) => mergeSql(sum, sum.sql))
  const by = [...keys.map((key) => (key === 'n' ? 'n' : `${key}_`)), 'other']
  const names = keys.map((key) => (key === 'n' ? 'n' : `${key}_ AS ${key}`))
  return `SELECT ${names.join(', ')}, other, ${sums.map(({ sql }) => sql).join(', ')} FROM (SELECT ${[...inner, `place > ${count} AS other`, ...merged].join(', ')} FROM (${ranked})${groupBy(by)})`
}

function orderSql(
  { orderBy, metrics, dimensions, current, format }: ResolvedQuery,
  isOther: boolean,
): string {
  const values = dimensions.map((_, nth) => `d${nth}`)
  const by: string[] = []
  if (orderBy) {
    const nth = metrics.findIndex(({ id }) => id === orderBy.id)
    const value = dimensions.findIndex(({ id }) => id === orderBy.id)
    const column = nth === -1 ? (value === -1 ? 'n' : `d${value}`) : `m${nth}`
    by.push(`${column} ${orderBy.isDescending ? 'DESC' : 'ASC'} NULLS LAST`)
  }
  if (current.buckets) by.push('n')
  if (isOther) by.push('other')
  by.push('m0 DESC NULLS LAST', ...values)
  // A whole table without dimensions or intervals is one row.
  return values.length === 0 && !current.buckets && format !== 'json' ? '' : `ORDER BY ${by.join(', ')}`
}

function groupBy(keys: readonly string[]): string {
  return keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`
}

function placeOf(sums: readonly Sum[], { reportedAt, sql }: Sum): number {
  return sums.findIndex((each) => each.reportedAt === reportedAt && each.sql === sql)
}

/** What a sum is where nothing was summed up. */
function emptySql({ isVisitors, sql }: Sum): string {
  if (isVisitors) return "arrayReduce('uniqCombined64State', CAST([] AS Array(UInt64)))"
  return sql.startsWith('toInt64') ? 'toInt64(0)' : 'toDecimal256(0, 15)'
}

function mergeSql({ isVisitors }: Sum, column: string): string {
  return `${isVisitors ? 'uniqCombined64MergeState' : 'sum'}(${column}) AS ${column}`
}

function windowSql({ isVisitors }: Sum, column: string, over: string): string {
  return `${isVisitors ? 'uniqCombined64Merge' : 'sum'}(${column}) ${over}`
}
