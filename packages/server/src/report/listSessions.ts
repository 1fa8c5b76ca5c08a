import { sidFloor } from '../ingest/sessionId.ts'
import type { Row } from '../store/rows/row.ts'
import type { Store } from '../store/store.ts'
import { filterSql, type ResolvedFilter } from './query/filterSql.ts'
import { Params } from './query/params.ts'
import { sources } from './query/sources.ts'
import { utc } from './query/timeZone.ts'
import { headColumns, sessionHead, type SessionHead } from './sessionHead.ts'

/** Sessions a list has when the request does not say. */
export const listLimitDefault = 50
/** Sessions one list has at most. */
export const listLimitMax = 1000

export interface SessionListQuery {
  readonly limit: number
  /** Start of the session on the server's clock, epoch milliseconds: at or after. */
  readonly fromMs?: number | undefined
  /** Start of the session: before. */
  readonly toMs?: number | undefined
  /** Sessions that come after this one in the list: its id. */
  readonly before?: string | undefined
  /** Part of an id or a name, in any letter case. */
  readonly search?: string | undefined
  readonly filters: readonly ResolvedFilter[]
}

export interface SessionList {
  readonly sessions: readonly SessionHead[]
  /** `before` of the next page; null: there is none. */
  readonly next: string | null
}

/** Where a search looks. */
const searched = [
  'sid',
  'content_id',
  'content_name',
  'visitor',
  'ecid',
  'analytics_visitor_id',
  'analytics_aid',
  'player_name',
]

/** The sessions that began in a range of time, newest first. */
export async function listSessions(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
): Promise<SessionList> {
  const params = new Params()
  const rows = await store.query<Row>(listSql(query, params), params.values)
  const sessions = rows.slice(0, query.limit).map(sessionHead)
  return { sessions, next: rows.length > query.limit ? (sessions.at(-1)?.id ?? null) : null }
}

/** Ids begin with the moment of their making, so a range of time is a range of ids, in the order of the table. */
function listSql(query: SessionListQuery, params: Params): string {
  const { limit, fromMs = 0, toMs, before, search, filters } = query
  const text = (value: string) => params.add(value, 'String')
  const conditions = [
    `sid >= ${text(sidFloor(fromMs))}`,
    `sid < ${text(toMs === undefined ? 'g' : sidFloor(toMs))}`,
    ...(before === undefined ? [] : [`sid < ${text(before)}`]),
    ...filters.map((filter) => filterSql(filter, sources.sessionStart, utc, params)),
    ...(search === undefined ? [] : [searchSql(text(search))]),
  ]
  return `SELECT ${headColumns} FROM sessions FINAL WHERE ${conditions.join(' AND ')} ORDER BY sid DESC LIMIT ${params.add(limit + 1, 'UInt32')}`
}

function searchSql(place: string): string {
  const found = searched.map((column) => `ifNull(positionCaseInsensitiveUTF8(${column}, ${place}), 0) > 0`)
  return `(${found.join(' OR ')})`
}
