import type { Buckets } from '../query/buckets.ts'
import type { Params } from '../query/params.ts'
import type { Range } from '../query/range.ts'

/** When stretches begin and end, columns of epoch milliseconds, and the rows that have them. */
export interface Stretches {
  readonly begins: string
  readonly ends: string
  /** `FROM` and `WHERE`. */
  readonly from: string
}

/** Intervals of a panel are few enough to be numbered by 16 bits, which ClickHouse groups by without hashing. */
const number = 'toUInt16'

/**
 * The bounds of stretches by interval, as far as the stretches lie in a part of the range: columns `n`, `change`
 * (beginnings minus ends) and `past` (milliseconds since the range's beginning, of the beginnings minus those of the ends).
 * A stretch outside of the part begins and ends at the same bound of it, and so comes to nothing.
 */
export function boundsSql(
  { begins, ends, from }: Stretches,
  part: Pick<Range, 'fromMs' | 'toMs'>,
  buckets: Buckets,
  range: Range,
  params: Params,
): string {
  const [first, start, end] = [range.fromMs, part.fromMs, part.toMs].map((ms) => params.add(ms, 'Int64'))
  const side = (ms: string, sign: '' | '-') =>
    `SELECT ${number}(${buckets.indexOfMsSql('ms', params)}) AS n, ${sign}toInt64(count()) AS change, ${sign}toInt64(sum(ms - ${first})) AS past FROM (SELECT least(greatest(${ms}, ${start}), ${end}) AS ms ${from}) GROUP BY n`
  return `${side(begins, '')} UNION ALL ${side(ends, '-')}`
}

/**
 * Milliseconds of each interval that lie in stretches, from the bounds of these as `boundsSql` has them: columns `n`,
 * `ms` and `length_ms`, a row for each interval.
 */
export function overlapSql(
  bounds: readonly string[],
  buckets: Buckets,
  range: Range,
  params: Params,
): string {
  const [first, last] = [range.fromMs, range.toMs].map((ms) => params.add(ms, 'Int64'))
  const empty = `SELECT ${number}(number) AS n, toInt64(0) AS change, toInt64(0) AS past FROM numbers(${buckets.count})`
  const summed = `SELECT n, sum(change) AS change, sum(past) AS past FROM (${[...bounds, empty].join(' UNION ALL ')}) WHERE n < ${buckets.count} GROUP BY n`
  const start = (n: string) => buckets.startSql(n, params)
  const swept = `SELECT toInt32(n) AS n, change, past, sum(change) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING) - change AS before, greatest(${start('toInt32(n)')}, ${first}) AS from_ms, least(${start('(toInt32(n) + 1)')}, ${last}) AS to_ms FROM (${summed})`
  return `SELECT n, before * (to_ms - from_ms) + change * (to_ms - ${first}) - past AS ms, to_ms - from_ms AS length_ms FROM (${swept}) ORDER BY n`
}
