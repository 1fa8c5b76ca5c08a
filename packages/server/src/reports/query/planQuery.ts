import { keySql } from './dimensionSql.ts'
import { namedSql } from './namedSql.ts'
import { combinationsSql, combinationSql } from './combinationsSql.ts'
import { filterSql, type ResolvedFilter } from './filterSql.ts'
import { fromSql } from './fromSql.ts'
import { type MetricPlan, planMetric, type Sum } from './metricSql.ts'
import { ofSessionSql } from './ofSessionSql.ts'
import { Params, type Statement } from './params.ts'
import type { Range } from './range.ts'
import type { Period, ResolvedQuery, Scope } from './resolveQuery.ts'
import { rangeSql, type Source, sources } from './sources.ts'
import { tableSql } from './tableSql.ts'

/**
 * The statements that a query comes to. Their columns are `n` (interval), `other`, `d0`.., `m0`.., `p0`.. and `row_count`;
 * `t0`.. and `u0`.. in every row are the totals of `m0`.. and `p0`.., where the rows have them. `m0_basis` is over how many
 * `m0` is a mean, and so on.
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
  const { current, previous } = query
  const bare = { ...query, dimensions: [], top: undefined, previous: previous && whole(previous) }
  const { base, shown } = planSums({ ...bare, current: whole(current) }, params)
  return { sql: `SELECT ${shown.join(', ')} FROM (${base})`, params: params.values }
}

/** A period that is not divided. */
function whole({ range }: Period): Period {
  return { range, buckets: undefined }
}

function planRows(query: ResolvedQuery, withTotals: boolean): Statement {
  const params = new Params()
  const { dimensions, current, top, limit, offset, format } = query
  const isOther = top?.other === true
  const isTopOfLists = isOther && dimensions.some(({ type }) => type === 'list')
  const planned = isTopOfLists
    ? planTopOfLists(query, top, params)
    : planSums(query, params, groupingOf(query, params), withTotals)
  const { base, sums, shown, totals, rank } = planned
  const keys = keysOf(query)
  const from =
    top === undefined || isTopOfLists
      ? base
      : topSql(top, { base, sums, keys, rank, dimensions: dimensions.length })
  const columns = [...keys, ...(isOther ? ['other'] : []), ...shown, ...(withTotals ? totals : [])]
  const isTable = format !== 'json'
  const inner = `SELECT ${[...columns, ...(isTable ? [] : ['count() OVER () AS row_count'])].join(', ')} FROM (${namedSql(query, from, params)}) ${orderSql(query, isOther)} LIMIT ${params.add(limit, 'UInt64')} OFFSET ${params.add(offset, 'UInt64')}`
  const sql = isTable ? tableSql(query, inner, current.buckets, params) : inner
  return { sql, params: params.values }
}

/** What the rows of a source are grouped by. */
interface Grouping {
  readonly keys: readonly string[]
  /** An expression for each key. */
  select(source: Source, range: Range): readonly string[]
}

function keysOf({ dimensions, current }: ResolvedQuery): readonly string[] {
  return [...(current.buckets ? ['n'] : []), ...dimensions.map((_, nth) => `d${nth}`)]
}

interface Planned {
  /** One row for each interval and combination of values, with the sums. */
  readonly base: string
  readonly sums: readonly Sum[]
  /** The metrics as expressions of the sums, named `m0`.. and `p0`... */
  readonly shown: readonly string[]
  /** The same over all rows, named `t0`.. and `u0`... */
  readonly totals: readonly string[]
  /** The metric that the top is made by, for all rows of the same values together. */
  readonly rank: string
}

/** @param withTotals whether the rows have the totals, too */
function planSums(
  query: ResolvedQuery,
  params: Params,
  grouping: Grouping = groupingOf(query, params),
  withTotals = false,
): Planned {
  const { metrics, dimensions, current, previous, top } = query
  const plans = metrics.map((metric) => planMetric(metric, params))
  const sums: Sum[] = []
  for (const sum of plans.flatMap((plan) => plan.sums)) {
    if (placeOf(sums, sum) === -1) sums.push(sum)
  }
  const periods = [{ period: current, prefix: 'a' }, ...(previous ? [{ period: previous, prefix: 'b' }] : [])]
  const keys = [...(current.buckets ? ['n'] : []), ...grouping.keys]
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
      return partSql(query, sources[reportedAt], period, grouping, columns, params)
    }),
  )
  const merged = periods.flatMap(({ prefix }) => sums.map((sum, nth) => mergeSql(sum, `${prefix}${nth}`)))
  const [onlyPart = ''] = parts
  const base =
    parts.length === 1
      ? onlyPart
      : `SELECT ${[...keys, ...merged].join(', ')} FROM (${parts.join(' UNION ALL ')})${groupBy(keys)}`
  type Wrap = (sum: Sum, column: string) => string
  const put = (plan: MetricPlan, prefix: string, wrap: Wrap) =>
    plan.sums.map((sum) => wrap(sum, `${prefix}${placeOf(sums, sum)}`))
  const show = (prefix: string, name: string, wrap: Wrap) =>
    plans.flatMap((plan, nth) => {
      const values = put(plan, prefix, wrap)
      return [
        `${plan.finish(values)} AS ${name}${nth}`,
        ...(plan.basis ? [`${plan.basis(values)} AS ${name}${nth}_basis`] : []),
      ]
    })
  const overAll: Wrap = (sum, column) => windowSql(sum, column, 'OVER ()')
  const over = `OVER (PARTITION BY ${dimensions.map((_, nth) => `d${nth}`).join(', ')})`
  const rankPlan = plans[top?.by ?? 0]
  return {
    base,
    sums: periods.flatMap(({ prefix }) => sums.map((sum, nth) => ({ ...sum, sql: `${prefix}${nth}` }))),
    shown: [...show('a', 'm', final), ...(previous ? show('b', 'p', final) : [])],
    totals: [...show('a', 't', overAll), ...(previous ? show('b', 'u', overAll) : [])],
    rank: rankPlan ? rankPlan.finish(put(rankPlan, 'a', (sum, column) => windowSql(sum, column, over))) : '0',
  }
}

function groupingOf({ dimensions }: ResolvedQuery, params: Params): Grouping {
  return {
    keys: dimensions.map((_, nth) => `d${nth}`),
    select: (source, range) => dimensions.map((dimension) => keySql(dimension, source, range, params)),
  }
}

/** One source in one period, summed up. */
function partSql(
  query: Scope & Pick<ResolvedQuery, 'dimensions'>,
  source: Source,
  { range, buckets }: Period,
  grouping: Grouping,
  columns: readonly string[],
  params: Params,
): string {
  const by = [...(buckets ? ['n'] : []), ...grouping.keys]
  const keys = [
    ...(buckets ? [buckets.indexSql(source.time, params)] : []),
    ...grouping.select(source, range),
  ].map((key, nth) => `${key} AS ${by[nth]}`)
  const where = scopeSql(query, source, { range }, params)
  return `SELECT ${[...keys, ...columns].join(', ')} FROM ${fromSql(query, source, range, params)} WHERE ${where}${groupBy(by)}`
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
  }: Pick<Planned, 'base' | 'sums' | 'rank'> & { keys: readonly string[]; dimensions: number },
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

/**
 * The top where a row has several values: first the combinations that are in it; then each row is put to those that it has,
 * and once to the rest if it has others. Rows of the rest put together would count as often as they have values.
 */
function planTopOfLists(
  query: ResolvedQuery,
  { count }: NonNullable<ResolvedQuery['top']>,
  params: Params,
): Planned {
  const { dimensions, current, previous } = query
  const values = keysOf({ ...query, current: whole(current) })
  const ranked = planSums(
    { ...query, current: whole(current), previous: previous && whole(previous) },
    params,
  )
  const best = `SELECT ${values.join(', ')}, ${ranked.rank} AS rank FROM (${ranked.base}) ORDER BY rank DESC NULLS LAST, ${values.join(', ')} LIMIT ${count}`
  const top = `(SELECT groupArray(tuple(${[combinationSql(values), ...values].join(', ')})) FROM (${best}))`
  const planned = planSums(query, params, {
    keys: ['place'],
    select: (source, range) => {
      const combinations = combinationsSql(dimensions, source, range, params)
      return [`arrayJoin(arrayDistinct(arrayMap(each -> indexOf(${top}.1, each), ${combinations})))`]
    },
  })
  const columns = [
    ...(current.buckets ? ['n'] : []),
    ...values.map((value, nth) => `if(place = 0, NULL, tupleElement(${top}[place], ${nth + 2})) AS ${value}`),
    'place = 0 AS other',
    ...planned.sums.map(({ sql }) => sql),
  ]
  return { ...planned, base: `SELECT ${columns.join(', ')} FROM (${planned.base})` }
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
