import { filterSql, type ResolvedFilter } from './filterSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import { rangeSql, type Source, sources } from './sources.ts'

/**
 * What is known of the session as a whole only, as a condition on its ads and chapters in a range. These say when their
 * session began, so that only the sessions of that time are read: a downloaded one, or one whose device's clock jumped,
 * may have begun long before. Sessions are told apart by 64 bits of their ids, an eighth of the room: of ten million
 * sessions two are one with a chance of 3 in a million.
 */
export function ofSessionSql(filter: ResolvedFilter, source: Source, range: Range, params: Params): string {
  const { table } = sources.sessionClose
  const began = (extreme: 'min' | 'max') =>
    `(SELECT ${extreme}(session_started_at) FROM ${source.table} WHERE ${rangeSql(source, range, params)})`
  const conditions = [
    `started_at BETWEEN ${began('min')} AND ${began('max')}`,
    filterSql(filter, sources.sessionClose, range, params),
  ].join(' AND ')
  return `sipHash64(sid) IN (SELECT sipHash64(sid) FROM ${table} FINAL WHERE ${conditions})`
}
