import { type Problem, ProblemCode } from '@playhead/protocol'
import { type ArchivedEvent, replayArchive } from '../projection/archive/replayArchive.ts'
import { type SessionRows, sessionRows } from '../projection/archive/sessionRows.ts'
import { eventTypeOf } from '../events/normalise.ts'
import type { SessionRules } from '@playhead/engine'
import type { Row } from '../projection/rows/row.ts'
import type { StoreReader } from '../clickhouse/store.ts'
import { explain, type Explanation } from './explain.ts'
import { ReportRefused } from './reportRefused.ts'

/**
 * Events of one session that are run through the engine again, or listed, for one report: a day with an event each
 * second has 86,400. They take some seconds, and half of the memory that a report may have.
 */
export const replayedEventsMax = 100_000
/** The same in bytes: of events of usual length these are all. */
export const replayedMaxBytes = 67_108_864

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
// A list that was sent again in another month lies in two partitions, which FINAL does not see as one.
const diagnosticsSql = `
  SELECT * FROM diagnostics FINAL WHERE sid = {sid:String}
  ORDER BY seq, code, pointer, received_at DESC LIMIT 1 BY seq, code, pointer`
const eventsSql = `
  SELECT seq, toUnixTimestamp64Milli(received_at) AS received_at, body
  FROM events FINAL WHERE sid = {sid:String}
  ORDER BY seq, received_at DESC LIMIT 1 BY seq`
const sizeSql = `
  SELECT count() AS events, sum(bytes) AS bytes
  FROM (SELECT any(length(body)) AS bytes FROM events WHERE sid = {sid:String} GROUP BY seq)
  SETTINGS final = 0`

/** Everything the store knows of one session. */
export interface ReadSession extends SessionRows {
  readonly diagnostics: readonly Row[]
  readonly events: readonly ArchivedEvent[] | undefined
  /** Whether the archive has been asked for events that it does not have any more. */
  readonly areEventsGone: boolean
  readonly explanation: Explanation | undefined
}

/** What the archive has of a session. */
export interface ArchivedSize {
  readonly events: number
  /** Of their bodies. */
  readonly bytes: number
}

/** What to read of a session besides its results. */
export interface ReadOptions {
  /** What the archive has of it, if somebody has looked already. */
  readonly size?: ArchivedSize
  readonly withEvents: boolean
  readonly withExplanation: boolean
}

/**
 * Read a session. Of a closed one the stored results are final. Those of an open one are a minute old at
 * worst, so its archived events are run through the engine again: the same rules, up to the last second.
 * An explanation is made in the same way, of both. An open session with more events than that is reported as stored.
 *
 * @throws ReportRefused when an explanation, or its events, are asked for of a session that has too many
 */
export async function readSession(
  store: StoreReader,
  rules: SessionRules,
  sid: string,
  { size, withEvents, withExplanation }: ReadOptions,
): Promise<ReadSession | undefined> {
  const key = { sid }
  const [stored] = await store.query<Row>(sessionSql, key)
  if (stored === undefined) return undefined
  const isOpen = stored['status'] === 'open'
  const isAsked = withEvents || withExplanation
  const tooMany = isOpen || isAsked ? tooManyEvents(size ?? (await archivedSize(store, sid))) : undefined
  if (tooMany !== undefined && isAsked) throw new ReportRefused(tooMany)
  const isReplayed = (isOpen && tooMany === undefined) || withExplanation
  const events = isReplayed || withEvents ? await store.query<ArchivedEvent>(eventsSql, key) : []
  const replay = isReplayed
    ? replayArchive(sid, events, { ...rules, keepsLedger: withExplanation }, isOpen)
    : undefined
  const rows =
    replay && isOpen
      ? sessionRows(replay)
      : {
          session: stored,
          ads: await store.query<Row>(adsSql, key),
          chapters: await store.query<Row>(chaptersSql, key),
        }
  return {
    ...rows,
    diagnostics: await store.query<Row>(diagnosticsSql, key),
    events: withEvents ? events : undefined,
    areEventsGone: (isReplayed || withEvents) && !beginsWithStart(events),
    explanation: replay && withExplanation ? explain(replay, rows.session) : undefined,
  }
}

/** The oldest events go first, so a session whose start is gone is not whole. */
function beginsWithStart([first]: readonly ArchivedEvent[]): boolean {
  return first !== undefined && eventTypeOf(JSON.parse(first.body)) === 'sessionStart'
}

/** How many events of a session the archive has, and how many bytes their bodies have. */
export async function archivedSize(store: StoreReader, sid: string): Promise<ArchivedSize> {
  const [size] = await store.query<ArchivedSize>(sizeSql, { sid })
  return size ?? { events: 0, bytes: 0 }
}

/** What to answer when a session has more events than are replayed for a report. */
function tooManyEvents({ events, bytes }: ArchivedSize): Problem | undefined {
  if (events <= replayedEventsMax && bytes <= replayedMaxBytes) return undefined
  const count = (number: number): string => number.toLocaleString('en')
  return {
    code: ProblemCode.reportTooLarge,
    pointer: '',
    message: `The session has ${count(events)} events of ${count(bytes)} bytes. An explanation or a list of events covers at most ${count(replayedEventsMax)} events and ${count(replayedMaxBytes)} bytes.`,
    hint: 'Ask for the session without `explain` and `events`: its figures are there. Its events stay in the archive (table `events`).',
  }
}
