import type { Buckets } from '../query/buckets.ts'
import type { Params } from '../query/params.ts'
import { scopeSql } from '../query/planQuery.ts'
import type { Range } from '../query/range.ts'
import type { Scope } from '../query/resolveQuery.ts'
import { sources } from '../query/sources.ts'

/** Sessions that were active in a range at some moment: from first to last event, by the server's clock. */
export function activeSessionsSql(
  scope: Scope,
  { fromMs, toMs, zone }: Range,
  params: Params,
  marginMs = 0,
): string {
  const moment = (epochMs: number) => `fromUnixTimestamp64Milli(${params.add(epochMs, 'Int64')}, 'UTC')`
  const where = scopeSql(scope, sources.sessionStart, { zone }, params)
  return `FROM sessions FINAL WHERE started_at < ${moment(toMs + marginMs)} AND last_event_at >= ${moment(fromMs - marginMs)} AND ${where}`
}

/** Of two columns of epoch milliseconds the part that lies in a range. */
export function clippedSql(
  [from, to]: readonly [string, string],
  range: Range,
  params: Params,
): [string, string] {
  const { fromMs, toMs } = range
  return [`greatest(${from}, ${params.add(fromMs, 'Int64')})`, `least(${to}, ${params.add(toMs, 'Int64')})`]
}

/**
 * How many of those that come as +1 and go as -1 at a whole number; everyone counted once, whatever number of
 * intervals of theirs overlap.
 *
 * @param changes an array of (number, change) in each row
 * @param who what tells them apart; absent: each row counts
 */
export function changesSql(changes: string, from: string, who: string | undefined): string {
  if (who === undefined) {
    return `SELECT step.1 AS at, toInt64(step.2) AS change FROM (SELECT arrayJoin(${changes}) AS step ${from})`
  }
  // A number and its change as one number: arrays of those take a fifth of the memory, and sort arrivals first.
  const codes = `arrayMap(each -> toInt64(each.1) * 2 + (each.2 < 0), ${changes})`
  const changeOf = (code: string) => `(1 - 2 * toInt8(${code} % 2))`
  const union = `SELECT arraySort(groupArrayArray(${codes})) AS sorted, arrayCumSum(code -> ${changeOf('code')}, sorted) AS active, arrayJoin(arrayFilter((code, now) -> now = if(code % 2 = 0, 1, 0), sorted, active)) AS step ${from} GROUP BY ${who}`
  return `SELECT intDiv(step, 2) AS at, toInt64(${changeOf('step')}) AS change FROM (${union})`
}

/**
 * Milliseconds of each interval that lie in the stretches of a query with the columns `from_ms` and `to_ms`, which are
 * within the range: columns `n` and `ms`, a row for each interval.
 */
export function overlapSql(stretches: string, buckets: Buckets, range: Range, params: Params): string {
  const index = (ms: string) => buckets.indexSql(`fromUnixTimestamp64Milli(${ms}, 'UTC')`, params)
  const start = (n: string) => buckets.startSql(n, params)
  const pieces = `SELECT from_ms, to_ms, ${index('from_ms')} AS first, ${index('to_ms')} AS last, arrayJoin(if(first = last, [(first, to_ms - from_ms, 0)], [(first, ${start('(first + 1)')} - from_ms, 0), (first + 1, 0, 1), (last, to_ms - ${start('last')}, -1)])) AS piece FROM (${stretches}) WHERE from_ms < to_ms`
  const empty = `SELECT toInt64(number) AS n, toInt64(0) AS part, toInt64(0) AS whole FROM numbers(${buckets.count})`
  const summed = `SELECT n, sum(part) AS part, sum(whole) AS whole FROM (SELECT toInt64(piece.1) AS n, toInt64(piece.2) AS part, toInt64(piece.3) AS whole FROM (${pieces}) UNION ALL ${empty}) WHERE n < ${buckets.count} GROUP BY n`
  const [from, to] = clippedSql([start('toInt32(n)'), start('(toInt32(n) + 1)')], range, params)
  return `SELECT n, part + sum(whole) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING) * (${to} - ${from}) AS ms, ${to} - ${from} AS length_ms FROM (${summed}) ORDER BY n`
}
