import { utc } from '@playhead/protocol'
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
  /** Start of the session as reported (`startedAt`), epoch milliseconds: at or after. */
  readonly fromMs?: number | undefined
  /** Start of the session: before. */
  readonly toMs?: number | undefined
  /** Sessions that come after this one in the list. */
  readonly before?: ListCursor | undefined
  /** The beginning of a session's id, or a part of a name or of another id, in any letter case. */
  readonly search?: string | undefined
  readonly filters: readonly ResolvedFilter[]
}

/** A place in the list, behind one session of it. */
export interface ListCursor {
  readonly startedAtMs: number
  readonly sid: string
}

/** As a parameter: `1764547200000-<id>`. */
export function cursorText({ startedAtMs, sid }: ListCursor): string {
  return `${startedAtMs}-${sid}`
}

/** @throws RangeError which says what it takes */
export function listCursor(text: string): ListCursor {
  const [, startedAtMs, sid] = /^(\d{1,15})-([0-9a-f]{64})$/.exec(text) ?? []
  if (sid === undefined) throw new RangeError('takes `next` of the page before, as it was answered')
  return { startedAtMs: Number(startedAtMs), sid }
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
/** Sessions are looked for in the last day, week, month and year before all: starts lie nearly in the order of the table. */
const periodsMs = [1, 7, 30, 365].map((days) => days * 86_400_000)

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
  const periods = periodsOf(query)
  let period = periods.shift()
  // oxlint-disable no-await-in-loop -- what is found says whether there is need for more
  for (let round = 1; period !== undefined && rows.length <= query.limit; round += 1) {
    const isLast = round > roundsMax
    const rest: SessionListQuery = isLast ? { ...period, fromMs: query.fromMs } : period
    const among = isLast ? undefined : await candidatesOf(store, rest)
    rows.push(...(await countingOf(store, rest, query.limit + 1 - rows.length, among)))
    if (isLast) break
    period = among?.length === candidatesMax ? { ...rest, before: among.at(-1) } : periods.shift()
  }
  // oxlint-enable no-await-in-loop
  const sessions = rows.slice(0, query.limit).map(sessionHead)
  const last = sessions.at(-1)
  const hasMore = rows.length > query.limit && last !== undefined
  return {
    sessions,
    next: hasMore ? cursorText({ startedAtMs: Date.parse(last.startedAt), sid: last.id }) : null,
  }
}

/** The query in parts, newest first. */
function periodsOf(query: SessionListQuery): SessionListQuery[] {
  const { fromMs = 0, toMs, before } = query
  const newestMs = Math.min(before?.startedAtMs ?? Infinity, toMs ?? Infinity, Date.now())
  const begins = periodsMs.map((periodMs) => newestMs - periodMs).filter((beginMs) => beginMs > fromMs)
  return [...begins, query.fromMs].map((beginMs, nth) => ({
    ...query,
    fromMs: beginMs,
    ...(nth > 0 && { toMs: begins[nth - 1] }),
  }))
}

/** The sessions of the newest rows that the query is true of; one of several rows is there several times. */
async function candidatesOf(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
): Promise<readonly ListCursor[]> {
  const params = new Params()
  const newest = `${newestFirst} LIMIT ${candidatesMax}`
  // Each by itself: ids by their beginning are a range of the table, and are not read for the other search.
  const found = searchesOf(query, params).map(
    (search) =>
      `SELECT sid, started_at FROM sessions WHERE ${conditionOf(query, [search], params)} ${newest}`,
  )
  const sql = `SELECT sid, toUnixTimestamp64Milli(started_at) AS startedAtMs FROM (${found.join(' UNION ALL ')}) ${newest} SETTINGS final = 0`
  const rows = await store.query<{ sid: string; startedAtMs: number | string }>(sql, params.values)
  return rows.map(({ sid, startedAtMs }) => ({ sid, startedAtMs: Number(startedAtMs) }))
}

/** The newest sessions that the query is true of; `among`: of these. */
async function countingOf(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
  limit: number,
  among: readonly ListCursor[] | undefined,
): Promise<readonly Row[]> {
  if (among?.length === 0) return []
  const params = new Params()
  const conditions = [
    conditionOf(query, searchesOf(query, params), params),
    ...(among === undefined
      ? []
      : [`sid IN ${params.add([...new Set(among.map(({ sid }) => sid))], 'Array(String)')}`]),
  ]
  const sql = `SELECT ${headColumns} FROM sessions FINAL WHERE ${conditions.join(' AND ')} ${newestFirst} LIMIT ${params.add(limit, 'UInt32')}`
  return store.query<Row>(sql, params.values)
}

/** The column, not what `headColumns` calls so. */
const started = 'sessions.started_at'
const newestFirst = 'ORDER BY started_at DESC, sid DESC'

/** @param searches of which one has to be true */
function conditionOf(
  { fromMs, toMs, before, filters }: SessionListQuery,
  searches: readonly string[],
  params: Params,
): string {
  const moment = (epochMs: number) => `fromUnixTimestamp64Milli(${params.add(epochMs, 'Int64')}, 'UTC')`
  return [
    ...(fromMs === undefined ? [] : [`${started} >= ${moment(fromMs)}`]),
    ...(toMs === undefined ? [] : [`${started} < ${moment(toMs)}`]),
    ...(before === undefined ? [] : behind(before, moment, params)),
    ...filters.map((filter) => filterSql(filter, sources.sessionStart, everInUtc, params)),
    `(${searches.join(' OR ')})`,
  ].join(' AND ')
}

/** The first condition is for the index of the table alone. */
function behind(
  { startedAtMs, sid }: ListCursor,
  moment: (epochMs: number) => string,
  params: Params,
): readonly string[] {
  const startedAt = moment(startedAtMs)
  return [`${started} <= ${startedAt}`, `(${started} < ${startedAt} OR sid < ${params.add(sid, 'String')})`]
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
