import type { SessionRows } from '../archive/sessionRows.ts'
import type { Row } from '../store/rows/row.ts'
import type { Store } from '../store/store.ts'

// `DateTime64` columns come as epoch milliseconds.
const sessionsSql = `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(last_event_at) AS last_event_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM sessions WHERE sid >= {first:String} AND sid <= {last:String}`
const adsSql = `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(session_started_at) AS session_started_at,
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM ads WHERE sid >= {first:String} AND sid <= {last:String} ORDER BY sid, ordinal`
const chaptersSql = `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(session_started_at) AS session_started_at,
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM chapters WHERE sid >= {first:String} AND sid <= {last:String} ORDER BY sid, ordinal`

/** The rows that the store has of a range of sessions, by session id. */
export async function storedSessions(
  store: Store,
  range: { readonly first: string; readonly last: string },
): Promise<ReadonlyMap<string, SessionRows>> {
  const [sessions, ads, chapters] = await Promise.all([
    store.query<Row>(sessionsSql, range),
    store.query<Row>(adsSql, range).then(bySession),
    store.query<Row>(chaptersSql, range).then(bySession),
  ])
  return new Map(
    sessions.map((session) => {
      const sid = String(session['sid'])
      return [sid, { session, ads: ads.get(sid) ?? [], chapters: chapters.get(sid) ?? [] }]
    }),
  )
}

function bySession(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const sid = String(row['sid'])
    const before = found.get(sid)
    if (before) before.push(row)
    else found.set(sid, [row])
  }
  return found
}
