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

/** Where a search looks, beside the session's id; whom viewers are told apart by is one of these. */
const searched = [
  'content_id',
  'content_name',
  'ecid',
  'analytics_visitor_id',
  'analytics_aid',
  'player_name',
]

/** A list is looked for in the last day first, and in four times as much whenever that was not enough, milliseconds. */
const firstStretchMs = 86_400_000
const stretchGrowth = 4

/** The sessions that began in a range of time, newest first. */
export async function listSessions(
  store: Pick<Store, 'query'>,
  query: SessionListQuery,
): Promise<SessionList> {
  const rows: Row[] = []
  for (const stretch of stretchesOf(query, await storedSpan(store))) {
    const wanted = query.limit + 1 - rows.length
    const params = new Params()
    // oxlint-disable-next-line no-await-in-loop -- what is found in one says whether there is need for the next
    rows.push(...(await store.query<Row>(listSql(query, stretch, wanted, params), params.values)))
    if (rows.length > query.limit) break
  }
  const sessions = rows.slice(0, query.limit).map(sessionHead)
  return { sessions, next: rows.length > query.limit ? (sessions.at(-1)?.id ?? null) : null }
}

/** A range of ids, from one to before another. */
interface Stretch {
  readonly from: string
  readonly to: string
}

/** When the first and the last session began, epoch milliseconds. */
interface Span {
  readonly firstMs: number
  readonly lastMs: number
}

async function storedSpan(store: Pick<Store, 'query'>): Promise<Span> {
  const [span] = await store.query<Span>(
    'SELECT toUnixTimestamp64Milli(min(started_at)) AS firstMs, toUnixTimestamp64Milli(max(started_at)) AS lastMs FROM sessions FINAL',
  )
  return span ?? { firstMs: 0, lastMs: 0 }
}

/**
 * Where to look, newest first. Ids begin with the moment of their making, so a range of time is a range of ids, in the
 * order of the table. The last stretch reaches back to the range's beginning, whatever the ids in it say of their time.
 */
function* stretchesOf(
  { fromMs = 0, toMs, before }: SessionListQuery,
  { firstMs, lastMs }: Span,
): Generator<Stretch> {
  const bounds = [toMs === undefined ? 'g' : sidFloor(toMs), ...(before === undefined ? [] : [before])]
  let to = bounds.toSorted()[0] ?? 'g'
  const beforeMs = Number.parseInt(to.slice(0, 12), 16)
  const newestMs = Math.min(lastMs, Number.isNaN(beforeMs) ? lastMs : beforeMs)
  for (let lengthMs = firstStretchMs; ; lengthMs *= stretchGrowth) {
    const stretchFromMs = newestMs - lengthMs
    if (stretchFromMs <= Math.max(fromMs, firstMs)) break
    const from = sidFloor(stretchFromMs)
    yield { from, to }
    to = from
  }
  yield { from: sidFloor(fromMs), to }
}

function listSql(
  { search, filters }: SessionListQuery,
  { from, to }: Stretch,
  limit: number,
  params: Params,
): string {
  const text = (value: string) => params.add(value, 'String')
  const conditions = [
    `sid >= ${text(from)}`,
    `sid < ${text(to)}`,
    ...filters.map((filter) => filterSql(filter, sources.sessionStart, utc, params)),
    ...(search === undefined ? [] : [searchSql(search, text(search))]),
  ]
  return `SELECT ${headColumns} FROM sessions FINAL WHERE ${conditions.join(' AND ')} ORDER BY sid DESC LIMIT ${params.add(limit, 'UInt32')}`
}

/** Ids are long, and hexadecimal: they are read only for what can be in one. */
function searchSql(search: string, place: string): string {
  const columns = /^[0-9a-f]+$/i.test(search) ? ['sid', ...searched] : searched
  const found = columns.map((column) => `ifNull(positionCaseInsensitiveUTF8(${column}, ${place}), 0) > 0`)
  return `(${found.join(' OR ')})`
}
