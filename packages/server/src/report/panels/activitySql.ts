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
  return `SELECT intDiv(step, 2) AS at, toInt64(${changeOf('step')}) AS change FROM (SELECT arrayJoin(arrayFilter((code, now) -> ${isCounted}, sorted, active)) AS step FROM (${sweepSql(changes, from, who)}))`
}

/** What those of the same `who` come and go while they are there already, taken away: with each row's own changes, as `changesSql`. */
export function overlapsSql(changes: string, from: string, who: string): string {
  return `SELECT intDiv(step, 2) AS at, -toInt64(${changeOf('step')}) AS change FROM (SELECT arrayJoin(arrayFilter((code, now) -> NOT ${isCounted}, sorted, active)) AS step FROM (${sweepSql(changes, from, who)}))`
}

/** Everyone's changes in their order, and how many intervals they are in after each. */
function sweepSql(changes: string, from: string, who: string): string {
  // A number and its change as one number: arrays of those take a fifth of the memory, and sort arrivals first.
  const codes = `arrayMap(each -> toInt64(each.1) * 2 + (each.2 < 0), ${changes})`
  return `SELECT arraySort(groupArrayArray(${codes})) AS sorted, arrayCumSum(code -> ${changeOf('code')}, sorted) AS active ${from} GROUP BY ${who}`
}

/** Who comes is there for the first time, or who goes for the last. */
const isCounted = '(now = if(code % 2 = 0, 1, 0))'

function changeOf(code: string): string {
  return `(1 - 2 * toInt8(${code} % 2))`
}
