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
