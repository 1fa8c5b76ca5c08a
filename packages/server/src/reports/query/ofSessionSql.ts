import { filterSql, type ResolvedFilter } from './filterSql.ts'
import { beganSql } from './fromSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import { type Source, sources } from './sources.ts'

/** What is known of the session as a whole only, as a condition on its ads and chapters in a range. */
export function ofSessionSql(filter: ResolvedFilter, source: Source, range: Range, params: Params): string {
  const { table } = sources.sessionClose
  const conditions = [
    beganSql(source, range, params),
    filterSql(filter, sources.sessionClose, range, params),
  ].join(' AND ')
  return `sipHash64(sid) IN (SELECT sipHash64(sid) FROM ${table} FINAL WHERE ${conditions})`
}
