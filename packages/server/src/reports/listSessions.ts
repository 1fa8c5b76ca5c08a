import { utc } from '@playhead/protocol'
import { sidFloor } from '../events/sessionId.ts'
import type { Row } from '../projection/rows/row.ts'
import type { Store } from '../clickhouse/store.ts'
import { filterSql, type ResolvedFilter } from './query/filterSql.ts'
import { Params } from './query/params.ts'
import { sources } from './query/sources.ts'
import { headColumns, sessionHead, type SessionHead } from './sessionHead.ts'

/** The clock of the list is that of UTC, whenever a session began. */
const everInUtc = { fromMs: 0, toMs: 0, zone: utc }
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
  /** The beginning of a session's id, or a part of a name or of another id, in any letter case. */
  readonly search?: string | undefined
  readonly filters: readonly ResolvedFilter[]
}

export interface SessionList {
  readonly sessions: readonly SessionHead[]
  /** `before` of the next page; null: there is none. */
  readonly next: string | null
}

/** Where a search looks, beside the beginning of the session's id; whom viewers are told apart by is one of these. */
const searched = [
  'content_id',
  'content_name',
  'ecid',
  'analytics_visitor_id',
  'analytics_aid',
  'player_name',
]

/** Rows looked at in one go to find the sessions of a list: their ids are sent to the store, 70 bytes each. */
const candidatesMax = 2000
/** How often so many are looked at, before all there are are read. */
const roundsMax = 10

/**
 * The sessions that began in a range of time, newest first.
 *
 * ClickHouse tells which row counts of a session by reading all that is asked for of all rows. So the newest rows that
 * would do are looked for first, whether they count or not: that reads no more than what the query is about, and ends
 * when there are enough. Then come the rows that count of their sessions, which the query has to be true of as well.
 */
export async function listSessions(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
): Promise<SessionList> {
  const rows: Row[] = []
  let rest: SessionListQuery | undefined = query
  // oxlint-disable no-await-in-loop -- what is found says whether there is need for more
  for (let round = 1; rest !== undefined && rows.length <= query.limit; round += 1) {
    const among: readonly string[] | undefined =
      round > roundsMax ? undefined : await candidatesOf(store, rest)
    rows.push(...(await countingOf(store, rest, query.limit + 1 - rows.length, among)))
    rest = among?.length === candidatesMax ? { ...query, before: among.at(-1) } : undefined
  }
  // oxlint-enable no-await-in-loop
  const sessions = rows.slice(0, query.limit).map(sessionHead)
  return { sessions, next: rows.length > query.limit ? (sessions.at(-1)?.id ?? null) : null }
}

/** The sessions of the newest rows that the query is true of; one of several rows is there several times. */
async function candidatesOf(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
): Promise<readonly string[]> {
  const params = new Params()
  const newest = `ORDER BY sid DESC LIMIT ${candidatesMax}`
  // Each by itself: ids by their beginning are a range of the table, and are not read for the other search.
  const found = searchesOf(query, params).map(
    (search) => `SELECT sid FROM sessions WHERE ${conditionOf(query, [search], params)} ${newest}`,
  )
  const sql = `SELECT sid FROM (${found.join(' UNION ALL ')}) ${newest} SETTINGS final = 0`
  const rows = await store.query<{ sid: string }>(sql, params.values)
  return rows.map(({ sid }) => sid)
}

/** The newest sessions that the query is true of; `among`: of these. */
async function countingOf(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
  limit: number,
  among: readonly string[] | undefined,
): Promise<readonly Row[]> {
  if (among?.length === 0) return []
  const params = new Params()
  const conditions = [
    conditionOf(query, searchesOf(query, params), params),
    ...(among === undefined ? [] : [`sid IN ${params.add([...new Set(among)], 'Array(String)')}`]),
  ]
  const sql = `SELECT ${headColumns} FROM sessions FINAL WHERE ${conditions.join(' AND ')} ORDER BY sid DESC LIMIT ${params.add(limit, 'UInt32')}`
  return store.query<Row>(sql, params.values)
}

/**
 * Ids begin with the moment of their making, so a range of time is a range of ids, in the order of the table.
 *
 * @param searches of which one has to be true
 */
function conditionOf(
  { fromMs = 0, toMs, before, filters }: SessionListQuery,
  searches: readonly string[],
  params: Params,
): string {
  const text = (value: string) => params.add(value, 'String')
  return [
    `sid >= ${text(sidFloor(fromMs))}`,
    ...(toMs === undefined ? [] : [`sid < ${text(sidFloor(toMs))}`]),
    ...(before === undefined ? [] : [`sid < ${text(before)}`]),
    ...filters.map((filter) => filterSql(filter, sources.sessionStart, everInUtc, params)),
    `(${searches.join(' OR ')})`,
  ].join(' AND ')
}

/** Ways in which a session can be what is searched for. */
function searchesOf({ search }: SessionListQuery, params: Params): readonly string[] {
  if (search === undefined) return ['true']
  const text = (value: string) => params.add(value, 'String')
  const found = searched.map(
    (column) => `ifNull(positionCaseInsensitiveUTF8(${column}, ${text(search)}), 0) > 0`,
  )
  const id = search.toLowerCase()
  // Behind all of the digits of an id.
  const isId = /^[0-9a-f]+$/.test(id) ? [`(sid >= ${text(id)} AND sid < ${text(`${id}g`)})`] : []
  return [`(${found.join(' OR ')})`, ...isId]
}
