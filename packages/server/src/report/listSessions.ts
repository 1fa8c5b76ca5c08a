import { sidFloor } from '../ingest/sessionId.ts'
import type { Row } from '../store/rows/row.ts'
import type { Store } from '../store/store.ts'
import { headColumns, sessionHead, type SessionHead } from './sessionHead.ts'

/** Sessions a list has when the request does not say, and at most. */
export const listLimitDefault = 50
export const listLimitMax = 1000

export interface SessionListQuery {
  readonly limit: number
  /** Start of the session on the server's clock, epoch milliseconds: at or after. */
  readonly fromMs: number | undefined
  /** Start of the session: before. */
  readonly toMs: number | undefined
}

export interface SessionList {
  readonly sessions: readonly SessionHead[]
}

/** Ids begin with the moment of their making, so a range of time is a range of ids, in the order of the table. */
const listSql = `
  SELECT ${headColumns}
  FROM sessions FINAL
  WHERE sid >= {from:String} AND sid < {to:String}
  ORDER BY sid DESC
  LIMIT {limit:UInt32}`

/** The sessions that began in a range of time, newest first. */
export async function listSessions(
  store: Store,
  { limit, fromMs, toMs }: SessionListQuery,
): Promise<SessionList> {
  const range = { from: sidFloor(fromMs ?? 0), to: toMs === undefined ? 'g' : sidFloor(toMs) }
  const rows = await store.query<Row>(listSql, { ...range, limit })
  return { sessions: rows.map(sessionHead) }
}
