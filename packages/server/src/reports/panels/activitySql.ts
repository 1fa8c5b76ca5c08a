import type { Params } from '../query/params.ts'
import { scopeSql } from '../query/planQuery.ts'
import type { Range } from '../query/range.ts'
import type { Scope } from '../query/resolveQuery.ts'
import { sources } from '../query/sources.ts'

/** How long before the range an active session may have begun: they live a day, and what came late. */
const lookBackMs = 7 * 86_400_000

/** Sessions that were active in a range at some moment: from first to last event, by the server's clock. */
export function activeSessionsSql(
  scope: Scope,
  { fromMs, toMs, zone }: Range,
  params: Params,
  marginMs = 0,
): string {
  const moment = (epochMs: number) => `fromUnixTimestamp64Milli(${params.add(epochMs, 'Int64')}, 'UTC')`
  const begun = { fromMs: fromMs - marginMs - lookBackMs, toMs: toMs + marginMs, zone }
  const where = scopeSql(scope, sources.sessionStart, { range: begun, isInRange: false }, params)
  return `FROM sessions FINAL WHERE started_at < ${moment(toMs + marginMs)} AND last_event_at >= ${moment(fromMs - marginMs)} AND ${where}`
}
