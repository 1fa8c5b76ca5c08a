import {
  type Problem,
  ProblemCode,
  type Filter,
  jsonRowsMax,
  type ReportFormat,
  reportQuery,
  type ReportQuery,
  tableRowsMax,
  accepted,
  refused,
  type Result,
} from '@playhead/protocol'
import { type Buckets, bucketsOf } from './buckets.ts'
import { queryProblems, soundMembers } from './queryProblems.ts'
import { type ResolvedFilter, resolveFilter } from './filterSql.ts'
import { comparedRange, type Range, readRange } from './range.ts'
import { type Dimension, type Metric, resolveDimension, resolveMetric, resolveSegment } from './resolveIds.ts'
import { sources } from './sources.ts'

/** Metrics of one report. */
export const metricsMax = 20
/** Dimensions of one report: each multiplies its rows. */
export const dimensionsMax = 4
/** Filters of one report. */
export const filtersMax = 20
const limitDefault = 100

/** A range of time with the intervals that it is divided into. */
export interface Period {
  readonly range: Range
  readonly buckets: Buckets | undefined
}

/** Which sessions: what every report and panel narrows down by. */
export interface Scope {
  readonly filters: readonly ResolvedFilter[]
}

/** A query in which everything is known and goes together. */
export interface ResolvedQuery extends Scope {
  readonly metrics: readonly Metric[]
  readonly dimensions: readonly Dimension[]
  readonly current: Period
  readonly previous: Period | undefined
  readonly orderBy: { readonly id: string; readonly isDescending: boolean } | undefined
  readonly top: { readonly count: number; readonly by: number; readonly other: boolean } | undefined
  readonly limit: number
  readonly offset: number
  readonly withTotals: boolean
  readonly format: ReportFormat
}

/** Read a query as it was sent, or say all that is wrong with it. */
export function resolveQuery(body: unknown): Result<ResolvedQuery> {
  const problems = queryProblems(reportQuery, body)
  if (problems.length > 0) return refused([...problems, ...problemsBeside(soundMembers(body, problems))])
  const query = body as ReportQuery
  const metrics = distinct(query.metrics, '/metrics', [1, metricsMax], problems).flatMap(
    (id, nth) => resolveMetric(id, `/metrics/${nth}`, problems) ?? [],
  )
  const dimensions = distinct(query.dimensions ?? [], '/dimensions', [0, dimensionsMax], problems).flatMap(
    (id, nth) => resolveDimension(id, `/dimensions/${nth}`, problems) ?? [],
  )
  const filters = resolveFilters(query, problems)
  checkScopes(metrics, dimensions, filters, problems)
  const range = readRange(query, problems)
  const compared =
    range && query.compareTo !== undefined ? comparedRange(range, query.compareTo, problems) : undefined
  const period = (of: Range | undefined): Period | undefined =>
    of && {
      range: of,
      buckets: query.granularity === undefined ? undefined : bucketsOf(query.granularity, of, problems),
    }
  const [current, previous] = [period(range), period(compared)]
  const orderBy = resolveOrder(query, problems)
  const top = resolveTop(query, problems)
  const { format = 'json' } = query
  const limitMax = format === 'json' ? jsonRowsMax : tableRowsMax
  if (query.limit !== undefined && query.limit > limitMax) {
    problems.push(mismatch('/limit', `In ${format} there are ${limitMax} rows at most.`))
  }
  if (problems.length > 0 || current === undefined) return refused(problems)
  return accepted({
    metrics,
    dimensions,
    filters,
    current,
    previous,
    orderBy,
    top,
    limit: query.limit ?? (format === 'json' ? limitDefault : tableRowsMax),
    offset: query.offset ?? 0,
    withTotals: format === 'json' && (query.totals ?? true),
    format,
  })
}

/** What is wrong with the rest of a query that has a problem of shape. */
function problemsBeside(query: Partial<ReportQuery>): Problem[] {
  const problems: Problem[] = []
  if (query.metrics !== undefined)
    for (const [nth, id] of distinct(query.metrics, '/metrics', [1, metricsMax], problems).entries())
      resolveMetric(id, `/metrics/${nth}`, problems)
  for (const [nth, id] of distinct(
    query.dimensions ?? [],
    '/dimensions',
    [0, dimensionsMax],
    problems,
  ).entries())
    resolveDimension(id, `/dimensions/${nth}`, problems)
  resolveFilters(query, problems)
  readRange(query, problems)
  return problems
}

/** The filters of a request, and those that its segments stand for. */
export function resolveFilters(
  request: { readonly filters?: Filter[]; readonly segments?: string[] },
  problems: Problem[],
): ResolvedFilter[] {
  const { filters = [], segments = [] } = request
  const tooLong = Object.entries({ filters, segments }).filter(([, list]) => list.length > filtersMax)
  if (tooLong.length > 0) {
    problems.push(
      ...tooLong.map(([member]) => mismatch(`/${member}`, `There are more than ${filtersMax} ${member}.`)),
    )
    return []
  }
  const chosen = segments.flatMap((id, nth) => {
    const pointer = `/segments/${nth}`
    return (resolveSegment(id, pointer, problems)?.filters ?? []).map((filter) => ({ filter, pointer }))
  })
  const asked = filters.map((filter, nth) => ({ filter, pointer: `/filters/${nth}` }))
  return [...asked, ...chosen].flatMap(
    ({ filter, pointer }) => resolveFilter(filter, pointer, problems) ?? [],
  )
}

/** Which tables a report reads; each must have all the dimensions that are asked for. Its session has every row. */
export function checkScopes(
  metrics: readonly Metric[],
  dimensions: readonly Dimension[],
  filters: readonly ResolvedFilter[],
  problems: Problem[],
): void {
  const used = [
    ...dimensions.map((dimension, nth) => ({ dimension, pointer: `/dimensions/${nth}` })),
    ...filters
      .filter(({ dimension }) => dimension.scope !== 'session')
      .map(({ dimension, pointer }) => ({ dimension, pointer })),
  ]
  for (const { dimension, pointer } of used) {
    const stranger = metrics.find(
      (metric) => !tablesOf(metric).every((table) => hasDimension(table, dimension)),
    )
    if (stranger === undefined) continue
    const reason =
      dimension.scope === 'session'
        ? `${dimension.id} is known of sessions as a whole only`
        : `${dimension.id} is known of ${dimension.scope}s only`
    problems.push(mismatch(pointer, `${reason}; ${stranger.id} does not go by it.`))
  }
}

export function reportedAts(metric: Metric) {
  if (metric.kind === 'plain') return [metric.metric.reportedAt]
  if (metric.kind === 'state') return ['sessionClose'] as const
  return [...metric.of, metric.by].map(({ reportedAt }) => reportedAt)
}

function tablesOf(metric: Metric) {
  return reportedAts(metric).map((reportedAt) => sources[reportedAt].table)
}

const tableOfScope = { session: 'sessions', ad: 'ads', chapter: 'chapters' } as const

function hasDimension(table: string, { scope, isOfSessionOnly }: Dimension): boolean {
  return table === tableOfScope[scope] || (scope === 'session' && !isOfSessionOnly)
}

function distinct(
  ids: readonly string[],
  pointer: string,
  [min, max]: readonly [number, number],
  problems: Problem[],
): readonly string[] {
  if (ids.length < min || ids.length > max) {
    problems.push(mismatch(pointer, `There must be ${min} to ${max}, got ${ids.length}.`))
    return []
  }
  const twice = ids.findIndex((id, nth) => ids.indexOf(id) !== nth)
  if (twice !== -1) problems.push(mismatch(`${pointer}/${twice}`, 'It was asked for before.'))
  return ids
}

function resolveOrder(query: ReportQuery, problems: Problem[]): ResolvedQuery['orderBy'] {
  if (query.orderBy === undefined) return undefined
  const isDescending = query.orderBy.startsWith('-')
  const id = isDescending ? query.orderBy.slice(1) : query.orderBy
  const known = [
    ...query.metrics,
    ...(query.dimensions ?? []),
    ...(query.granularity === undefined ? [] : ['start']),
  ]
  if (!known.includes(id)) {
    problems.push(mismatch('/orderBy', 'The order is by something that is not asked for.', known.join(', ')))
  }
  return { id, isDescending }
}

function resolveTop(query: ReportQuery, problems: Problem[]): ResolvedQuery['top'] {
  const { top } = query
  if (top === undefined) return undefined
  if ((query.dimensions ?? []).length === 0)
    problems.push(mismatch('/top', 'There is no dimension to be the top of.'))
  const by = top.by === undefined ? 0 : query.metrics.indexOf(top.by)
  if (by === -1) problems.push(mismatch('/top/by', 'It is not among the metrics.', query.metrics.join(', ')))
  return { count: top.count, by, other: top.other ?? false }
}

function mismatch(pointer: string, message: string, expected?: string): Problem {
  return { code: ProblemCode.reportMismatch, pointer, message, ...(expected !== undefined && { expected }) }
}
