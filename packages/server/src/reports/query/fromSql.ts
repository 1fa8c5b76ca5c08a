import type { ResolvedFilter } from './filterSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import type { Dimension } from './resolveIds.ts'
import { rangeSql, type Source } from './sources.ts'

/** The column of `fromSql` that has a session's value of a key; null where it has none. */
export function sessionValue(key: string): string {
  return `session_${Buffer.from(key).toString('hex')}`
}

interface Asked {
  readonly dimensions: readonly Dimension[]
  readonly filters: readonly ResolvedFilter[]
}

type Period = Pick<Range, 'fromMs' | 'toMs'>

/**
 * The rows of a source. An ad's own row repeats nothing of its session's custom metadata, which may be a thousand times longer
 * than what the ad itself has sent: where they are asked for, they are looked up.
 */
export function fromSql(
  { dimensions, filters }: Asked,
  source: Source,
  period: Period,
  params: Params,
): string {
  const asked = [...dimensions, ...filters.map(({ dimension }) => dimension)]
  const keys = [...new Set(asked.flatMap(({ key }) => key ?? []))]
  if (keys.length === 0 || source.table === 'sessions') return `${source.table} FINAL`
  const values = keys.map((key) => `nullIf(custom_metadata[${params.add(key, 'String')}], '')`)
  const columns = keys.map((key, nth) => `toLowCardinality(${values[nth]}) AS ${sessionValue(key)}`)
  const has = values.map((value) => `${value} IS NOT NULL`)
  const conditions = `${beganSql(source, period, params)} AND (${has.join(' OR ')})`
  // Texts or maps would take several times as long to join.
  const sessions = `SELECT sipHash64(sid) AS session, ${columns.join(', ')} FROM sessions FINAL WHERE ${conditions}`
  return `${source.table} FINAL LEFT ANY JOIN (${sessions}) AS of_session ON sipHash64(${source.table}.sid) = of_session.session`
}

/**
 * That a session began when those of the ads or chapters in a period did. These say when their session began, so that
 * only the sessions of that time are read: a downloaded one, or one whose device's clock jumped, may have begun long before.
 * Sessions are told apart by 64 bits of their ids, an eighth of the room: of ten million sessions two are one with a
 * chance of 3 in a million.
 */
export function beganSql(source: Source, period: Period, params: Params): string {
  const began = (extreme: 'min' | 'max') =>
    `(SELECT ${extreme}(session_started_at) FROM ${source.table} WHERE ${rangeSql(source, period, params)})`
  return `started_at BETWEEN ${began('min')} AND ${began('max')}`
}
