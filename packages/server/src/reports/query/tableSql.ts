import type { Buckets } from './buckets.ts'
import { isoSql } from './clockSql.ts'
import { isMean } from './metricSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import type { ResolvedQuery } from './resolveQuery.ts'

/** A cell that begins so is a formula to a spreadsheet. */
const formula = String.raw`'^[=+\\-@\\t\\r\\n]'`

/** The rows of a plan as a table, its columns named as what was asked for. */
export function tableSql(
  { metrics, dimensions, current, previous, top, format }: ResolvedQuery,
  rows: string,
  buckets: Buckets | undefined,
  params: Params,
): string {
  const columns: string[] = []
  if (buckets) columns.push(`${timeSql(buckets, current.range, format, params)} AS start`)
  for (const [nth, { id, type }] of dimensions.entries()) {
    const isText = type === 'text' || type === 'list'
    columns.push(`${isText ? textSql(`d${nth}`, format) : `d${nth}`} AS ${quoted(id)}`)
  }
  if (top?.other === true) columns.push('other AS isOther')
  const bases = metrics.flatMap((metric, nth) => (isMean(metric) ? [{ id: metric.id, nth }] : []))
  columns.push(...metrics.map(({ id }, nth) => `m${nth} AS ${quoted(id)}`))
  columns.push(...bases.map(({ id, nth }) => `m${nth}_basis AS ${quoted(`basis.${id}`)}`))
  if (previous) {
    columns.push(...metrics.map(({ id }, nth) => `p${nth} AS ${quoted(`previous.${id}`)}`))
    columns.push(...bases.map(({ id, nth }) => `p${nth}_basis AS ${quoted(`previousBasis.${id}`)}`))
  }
  return `SELECT ${columns.join(', ')} FROM (${rows})`
}

/** Text; in CSV with an apostrophe before what would be a formula. */
export function textSql(column: string, format: ResolvedQuery['format']): string {
  const text = `CAST(${column} AS Nullable(String))`
  return format === 'csv' ? `if(match(${text}, ${formula}), concat('\\'', ${text}), ${text})` : text
}

/** The beginning of an interval. The first one may begin before the range. */
function timeSql(buckets: Buckets, range: Range, format: ResolvedQuery['format'], params: Params): string {
  const ms = `toInt64(${buckets.startSql('n', params)})`
  if (format === 'parquet') return `fromUnixTimestamp64Milli(${ms}, 'UTC')`
  return isoSql(ms, { ...range, fromMs: buckets.startMs(0) }, params)
}

/** A name as ClickHouse reads it, whatever is in it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
