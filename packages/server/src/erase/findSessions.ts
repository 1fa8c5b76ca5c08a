/* oxlint-disable no-await-in-loop -- a page begins where the one before ended */
import type { Journal } from '../log/journal.ts'
import { arrivedAtMs } from '../log/record.ts'
import type { Store } from '../store/store.ts'
import { isOf, type Subject } from './subject.ts'

/** Events that an erasure takes from the archive at a time. */
const eventsAtOnceMax = 1000

/** An identifier is not to be found in the log of a ClickHouse server afterwards. */
const unlogged = 'SETTINGS final = 0, log_queries = 0'

/** By the columns of sessions: also of a session whose events are gone. */
const sessionsSql = `
  SELECT DISTINCT sid FROM sessions
  WHERE has([sid, visitor, ecid, analytics_visitor_id, analytics_aid, app_installation_id], {id:String})
  ${unlogged}`
/** Events that may name it: JSON can write a text in many ways, but all others than the plain one have a backslash. */
const eventsSql = `
  SELECT sid, seq, body FROM events
  WHERE (sid, seq) > ({sid:String}, {seq:UInt64}) AND (event_type = 'sessionStart' OR {isAnywhere:Bool})
    AND (position(body, {id:String}) > 0 OR position(body, '\\\\') > 0)
  ORDER BY sid, seq LIMIT ${eventsAtOnceMax}
  ${unlogged}`

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
  for (let after = { sid: '', seq: 0 }; ;) {
    const params = { id, isAnywhere: subject.isAnywhere, ...after }
    const page = await store.query<{ sid: string; seq: number; body: string }>(eventsSql, params)
    for (const { sid, body } of page) if (isOf(subject, sid, body)) found.add(sid)
    const last = page.at(-1)
    if (last === undefined || page.length < eventsAtOnceMax) return found
    after = { sid: last.sid, seq: last.seq }
  }
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
