import { normalise } from '../ingest/normalise.ts'
import type { SessionState } from '../session/state.ts'
import { summarise } from '../session/summary.ts'
import { asItStands, receive } from '../session/receive.ts'
import type { SessionRules } from '../session/rules.ts'
import { factRow } from '../store/rows/factRow.ts'
import { adRow, chapterRow } from '../store/rows/partRow.ts'
import type { Row } from '../store/rows/row.ts'
import { sessionRow } from '../store/rows/sessionRow.ts'
import type { Store } from '../store/store.ts'

// `DateTime64` columns come as epoch milliseconds.
const sessionSql = `
  SELECT * REPLACE (
    toUnixTimestamp64Milli(started_at) AS started_at,
    toUnixTimestamp64Milli(last_event_at) AS last_event_at,
    toUnixTimestamp64Milli(closed_at) AS closed_at
  )
  FROM sessions FINAL WHERE sid = {sid:String}`
const adsSql = 'SELECT * FROM ads FINAL WHERE sid = {sid:String} ORDER BY ordinal'
const chaptersSql = 'SELECT * FROM chapters FINAL WHERE sid = {sid:String} ORDER BY ordinal'
const diagnosticsSql = 'SELECT * FROM diagnostics FINAL WHERE sid = {sid:String} ORDER BY seq, code, pointer'
const eventsSql = `
  SELECT seq, toUnixTimestamp64Milli(received_at) AS received_at, body
  FROM events FINAL WHERE sid = {sid:String} ORDER BY seq`

/** Everything the store knows of one session. */
export interface SessionRows {
  readonly session: Row
  readonly ads: readonly Row[]
  readonly chapters: readonly Row[]
  readonly diagnostics: readonly Row[]
  readonly events: readonly EventRow[] | undefined
}

export interface EventRow {
  readonly seq: number
  readonly received_at: number
  readonly body: string
}

/**
 * Read a session. Of a closed one the stored results are final. Those of an open one are a minute old at
 * worst, so its archived events are run through the engine again: the same rules, up to the last second.
 */
export async function readSession(
  store: Store,
  rules: SessionRules,
  sid: string,
  withEvents: boolean,
): Promise<SessionRows | undefined> {
  const key = { sid }
  const [stored] = await store.query<Row>(sessionSql, key)
  if (stored === undefined) return undefined
  const isOpen = stored['status'] === 'open'
  const diagnostics = await store.query<Row>(diagnosticsSql, key)
  const events = isOpen || withEvents ? await store.query<EventRow>(eventsSql, key) : []
  const parts = isOpen
    ? replay(sid, events, rules)
    : {
        session: stored,
        ads: await store.query<Row>(adsSql, key),
        chapters: await store.query<Row>(chaptersSql, key),
      }
  return { ...parts, diagnostics, events: withEvents ? events : undefined }
}

/** The rows of an open session as its archived events make them. */
function replay(
  sid: string,
  events: readonly EventRow[],
  rules: SessionRules,
): Pick<SessionRows, 'session' | 'ads' | 'chapters'> {
  const parts = {
    ads: new Map<string, Row>(),
    chapters: new Map<string, Row>(),
    sessions: new Map<string, Row>(),
  }
  let state: SessionState | undefined
  for (const { seq, received_at: receivedAtMs, body } of events) {
    const event = normalise({ seq, receivedAtMs, body: Buffer.from(body) }, JSON.parse(body))
    const outcome = receive(state, sid, event, rules)
    const session = outcome.state ?? state
    if (session === undefined) continue
    for (const fact of outcome.facts) {
      const { table, key, row } = factRow(fact, session, seq)
      parts[table].set(key, row)
    }
    state = outcome.state
  }
  state = state && asItStands(state)
  if (state?.ad) parts.ads.set(`${sid} ${state.ad.ordinal}`, adRow(state, state.ad, 0))
  if (state?.chapter) parts.chapters.set('open', chapterRow(state, state.chapter, 0))
  const [closed = {}] = parts.sessions.values()
  const session = state ? sessionRow(summarise(state), events.at(-1)?.seq ?? 0) : closed
  return { session, ads: [...parts.ads.values()], chapters: [...parts.chapters.values()] }
}
