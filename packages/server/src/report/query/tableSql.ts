import type { Buckets } from './buckets.ts'
import type { Params } from './params.ts'
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
  if (buckets) columns.push(`${timeSql(buckets, current.range.zone.storeName, format, params)} AS time`)
  for (const [nth, { id, type }] of dimensions.entries()) {
    const isText = type === 'text' || type === 'list'
    columns.push(`${isText ? textSql(`d${nth}`, format) : `d${nth}`} AS ${quoted(id)}`)
  }
  if (top?.other === true) columns.push('other AS isOther')
  columns.push(...metrics.map(({ id }, nth) => `m${nth} AS ${quoted(id)}`))
  if (previous) columns.push(...metrics.map(({ id }, nth) => `p${nth} AS ${quoted(`previous.${id}`)}`))
  return `SELECT ${columns.join(', ')} FROM (${rows})`
}

/** Text; in CSV with an apostrophe before what would be a formula. */
export function textSql(column: string, format: ResolvedQuery['format']): string {
  const text = `CAST(${column} AS Nullable(String))`
  return format === 'csv' ? `if(match(${text}, ${formula}), concat('\\'', ${text}), ${text})` : text
}

function timeSql(buckets: Buckets, zone: string, format: ResolvedQuery['format'], params: Params): string {
  const instant = `fromUnixTimestamp64Milli(toInt64(${buckets.startSql('n', params)}), 'UTC')`
  if (format === 'parquet') return instant
  const name = params.add(zone, 'String')
  const offset = `replaceRegexpOne(formatDateTime(${instant}, '%z', ${name}), '(..)$', ':\\\\1')`
  return `concat(formatDateTime(${instant}, '%Y-%m-%dT%H:%i:%S', ${name}), ${offset})`
}

/** A name as ClickHouse reads it, whatever is in it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
