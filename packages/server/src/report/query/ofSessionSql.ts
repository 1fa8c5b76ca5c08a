import { filterSql, type ResolvedFilter } from './filterSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import { rangeSql, sources } from './sources.ts'

/** How long before its ads and chapters a session may have begun, milliseconds: a day more than it can be set to last. */
const beganBeforeMs = 8 * 86_400_000

/**
 * What is known of the session as a whole only, as a condition on its ads and chapters in a range. Sessions are told
 * apart by 64 bits of their ids, an eighth of the room: of ten million sessions two are one with a chance of 3 in a million.
 */
export function ofSessionSql(filter: ResolvedFilter, { fromMs, toMs, zone }: Range, params: Params): string {
  const source = sources.sessionClose
  const began = rangeSql(sources.sessionStart, { fromMs: fromMs - beganBeforeMs, toMs, zone }, params)
  const conditions = [began, filterSql(filter, source, zone, params)].join(' AND ')
  return `sipHash64(sid) IN (SELECT sipHash64(sid) FROM ${source.table} FINAL WHERE ${conditions})`
}
