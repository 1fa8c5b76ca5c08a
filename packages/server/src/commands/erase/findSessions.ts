import { readPages, type SizedKey } from '../../projection/archive/readPages.ts'
import type { Journal } from '../../log/journal.ts'
import { arrivedAtMs } from '../../log/record.ts'
import type { Store } from '../../clickhouse/store.ts'
import { isOf, type Subject } from './subject.ts'

/** An identifier is not to be found in the log of a ClickHouse server afterwards. */
const unlogged = 'SETTINGS final = 0, log_queries = 0'

/** By the columns of sessions: also of a session whose events are gone. */
const sessionsSql = `
  SELECT DISTINCT sid FROM sessions
  WHERE has([sid, visitor, ecid, analytics_visitor_id, analytics_aid, app_installation_id], {id:String})
  ${unlogged}`
/** Events that may name it: JSON can write a text in many ways, but all others than the plain one have a backslash. */
const mayNameSql = `
  (sid, seq) > ({sid:String}, {seq:UInt64}) AND (event_type = 'sessionStart' OR {isAnywhere:Bool})
    AND (position(body, {id:String}) > 0 OR position(body, '\\\\') > 0)`
const keysSql = `
  SELECT sid, seq, length(body) AS bytes FROM events WHERE ${mayNameSql}
  ORDER BY sid, seq LIMIT {limit:UInt32} ${unlogged}`
const eventsSql = `
  SELECT sid, body FROM events WHERE ${mayNameSql} AND (sid, seq) <= ({lastSid:String}, {lastSeq:UInt64}) ${unlogged}`

interface EventKey extends SizedKey {
  readonly sid: string
  readonly seq: number
}

/** Sessions of the subject that the store has. */
export async function findStored(store: Store, subject: Subject): Promise<Set<string>> {
  const { id } = subject
  const found = new Set<string>()
  if (subject.kind === 'session') {
    const sql = `SELECT sid FROM events WHERE sid = {id:String} LIMIT 1 ${unlogged}`
    for (const { sid } of await store.query<{ sid: string }>(sql, { id })) found.add(sid)
  }
  for (const { sid } of await store.query<{ sid: string }>(sessionsSql, { id })) {
    if (subject.kind === 'visitor' || sid === id) found.add(sid)
  }
  if (subject.kind === 'session') return found
  const behind = (key: EventKey | undefined) => ({
    id,
    isAnywhere: subject.isAnywhere,
    sid: key?.sid ?? '',
    seq: key?.seq ?? 0,
  })
  const pages = readPages<EventKey, { sid: string; body: string }>({
    keys: (after, limit) => store.query<EventKey>(keysSql, { limit, ...behind(after) }),
    rows: (after, { sid: lastSid, seq: lastSeq }) =>
      store.query(eventsSql, { lastSid, lastSeq, ...behind(after) }),
  })
  for await (const page of pages)
    for (const { sid, body } of page) if (isOf(subject, sid, body)) found.add(sid)
  return found
}

/** Sessions of the subject that the journal has, with the arrival of the event that tells, epoch milliseconds. */
export async function findJournaled(journal: Journal, subject: Subject): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for await (const record of journal.readFrom(journal.firstSeq, { follow: false })) {
    if (record.kind !== 'event' || found.has(record.sid)) continue
    if (isOf(subject, record.sid, record.body.toString('utf8'))) found.set(record.sid, arrivedAtMs(record))
  }
  return found
}
