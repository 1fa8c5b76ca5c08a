import type { Buckets } from '../query/buckets.ts'
import type { Params } from '../query/params.ts'
import type { Range } from '../query/range.ts'

/** Columns such as `content_quarters` go by quarter hours since 1970. */
const quarterMs = 900_000

/**
 * The part of a range that is whole quarter hours, if no interval begins within one of them: then the bounds that the
 * store has put together by quarter hours say as much as the stretches.
 */
export function wholeQuarters(range: Range, buckets: Buckets): Range | undefined {
  const fromMs = Math.ceil(range.fromMs / quarterMs) * quarterMs
  const toMs = Math.floor(range.toMs / quarterMs) * quarterMs
  if (fromMs >= toMs) return undefined
  for (let nth = 0; nth < buckets.count; nth += 1) {
    const startMs = buckets.startMs(nth)
    if (startMs > fromMs && startMs < toMs && startMs % quarterMs !== 0) return undefined
  }
  return { ...range, fromMs, toMs }
}

/** As `boundsSql`, of the bounds in a column such as `content_quarters`, in a part that is whole quarter hours. */
export function quarterBoundsSql(
  column: string,
  from: string,
  part: Range,
  buckets: Buckets,
  range: Range,
  params: Params,
): string {
  const [first, end] = [part.fromMs / quarterMs, part.toMs / quarterMs]
  // Numbered from the one before the part; few enough for 16 bits are grouped by without hashing.
  const number = end - first < 65_534 ? 'toUInt16' : 'toUInt32'
  const zipped = `arrayZip(${column}.quarter, ${column}.change, ${column}.past_ms)`
  const place = `${number}(least(greatest(bound.1, ${first - 1}), ${end}) - ${first - 1})`
  const byQuarter = `SELECT ${place} AS place, toInt64(sum(bound.2)) AS balance, toInt64(sum(bound.3)) AS past_ms FROM (SELECT arrayJoin(${zipped}) AS bound ${from}) GROUP BY place`
  // What lies before the part, or behind it, counts from its bound on.
  const placed = `SELECT (greatest(toInt64(place), 1) + ${first - 1}) * ${quarterMs} AS ms, balance, if(place IN (0, ${end - first + 1}), 0, past_ms) AS past_ms FROM (${byQuarter})`
  return `SELECT toUInt16(${buckets.indexOfMsSql('ms', params)}) AS n, sum(balance) AS change, sum(balance * (ms - ${params.add(range.fromMs, 'Int64')}) + past_ms) AS past FROM (${placed}) GROUP BY n`
}
