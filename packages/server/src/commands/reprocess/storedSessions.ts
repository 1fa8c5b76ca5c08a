import { readPages, type SizedKey } from '../../projection/archive/readPages.ts'
import type { SessionRows } from '../../projection/archive/sessionRows.ts'
import type { Row } from '../../projection/rows/row.ts'
import type { Store } from '../../clickhouse/store.ts'

// `DateTime64` columns come as epoch milliseconds.
const sessionsSql = `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(last_event_at) AS last_event_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM sessions WHERE sid >= {first:String} AND sid <= {last:String}`
const partSql = (table: 'ads' | 'chapters') => `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(session_started_at) AS session_started_at,
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM ${table} WHERE sid <= {lastSid:String} AND (sid < {lastSid:String} OR ordinal <= {lastOrdinal:UInt32})
    AND ${behindSql} ORDER BY sid, ordinal`
const behindSql = 'sid >= {sid:String} AND (sid > {sid:String} OR ordinal > {ordinal:UInt32})'
const partKeysSql = (table: 'ads' | 'chapters') => `
  SELECT sid, ordinal, byteSize(*) AS bytes
  FROM ${table} WHERE sid <= {last:String} AND ${behindSql} ORDER BY sid, ordinal LIMIT {limit:UInt32}`

interface Range {
  readonly first: string
  readonly last: string
}

interface PartKey extends SizedKey {
  readonly sid: string
  readonly ordinal: number
}

/** The rows that the store has of a range of sessions, by session id. */
export async function storedSessions(store: Store, range: Range): Promise<ReadonlyMap<string, SessionRows>> {
  const [sessions, ads, chapters] = await Promise.all([
    store.query<Row>(sessionsSql, { ...range }),
    storedParts(store, 'ads', range),
    storedParts(store, 'chapters', range),
  ])
  return new Map(
    sessions.map((session) => {
      const sid = String(session['sid'])
      return [sid, { session, ads: ads.get(sid) ?? [], chapters: chapters.get(sid) ?? [] }]
    }),
  )
}

async function storedParts(
  store: Store,
  table: 'ads' | 'chapters',
  { first, last }: Range,
): Promise<ReadonlyMap<string, Row[]>> {
  const behind = (key: PartKey | undefined) => ({ sid: key?.sid ?? first, ordinal: key?.ordinal ?? 0 })
  const pages = readPages<PartKey, Row>({
    keys: (after, limit) => store.query<PartKey>(partKeysSql(table), { last, limit, ...behind(after) }),
    rows: (after, { sid: lastSid, ordinal: lastOrdinal }) =>
      store.query<Row>(partSql(table), { lastSid, lastOrdinal, ...behind(after) }),
  })
  const found = new Map<string, Row[]>()
  for await (const page of pages) {
    for (const row of page) {
      const sid = String(row['sid'])
      const before = found.get(sid)
      if (before) before.push(row)
      else found.set(sid, [row])
    }
  }
  return found
}
