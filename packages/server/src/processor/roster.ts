import { type Fault, findFaults, findListedFaults } from '@playhead/protocol'
import { eventTypeOf, fingerprintOf, normalise, normaliseDownload } from '../ingest/normalise.ts'
import { acceptedRepeatedKey } from '../ingest/repeatedKey.ts'
import type { LogRecord } from '../log/record.ts'
import { replayDownload } from '../session/download.ts'
import type { MediaEvent } from '../session/mediaEvent.ts'
import { nextChangeMs, passTime, receive } from '../session/receive.ts'
import type { SessionRules } from '../session/rules.ts'
import type { SessionState } from '../session/state.ts'
import type { Outcome } from '../session/step.ts'
import { summarise } from '../session/summary.ts'
import { faultRow, noticeRow } from '../store/rows/diagnosticRows.ts'
import { eventRow, type SentEvent } from '../store/rows/eventRow.ts'
import { factRow } from '../store/rows/factRow.ts'
import { sessionRow } from '../store/rows/sessionRow.ts'
import { type Batch, put } from './batch.ts'
import type { OpenSession } from './checkpoint.ts'

/** How often the provisional row of an open session is refreshed at most, by the log's time; the report of one session is fresher. */
const rowRefreshIntervalMs = 60_000

/** Sessions whose time is looked after in one go, some milliseconds: then requests are answered, and the next follow. */
const sessionsPerStepMax = 200

type EventRecord = Extract<LogRecord, { kind: 'event' }>
type ClockRecord = Extract<LogRecord, { kind: 'clock' }>

/** The open sessions as of a position in the journal. */
export interface Roster {
  /** Apply the next record; what it leads to goes into the batch. */
  apply(record: LogRecord, batch: Batch): void
  /** The same in steps of some milliseconds: a clock record may concern many sessions. Has to be run to its end. */
  applyInSteps(record: LogRecord, batch: Batch): Iterator<void>
  /** The open sessions, to be written down. */
  sessions(): OpenSession[]
  /** Their states alone. */
  states(): Iterable<SessionState>
}

/** Takes the journal's records in order: the same records make the same rows, live and after a crash. */
export function createRoster(rules: SessionRules, openSessions: readonly OpenSession[]): Roster {
  const open = new Map<string, Watched>()
  for (const session of openSessions) keep(session)

  function keep(session: OpenSession): void {
    const changeAtMs = nextChangeMs(session.state, rules)
    const rowDueAtMs = session.isRowStale ? session.rowAtMs + rowRefreshIntervalMs : Number.POSITIVE_INFINITY
    open.set(session.state.sid, { session, dueAtMs: Math.min(changeAtMs, rowDueAtMs) })
  }

  function applyEvent(record: EventRecord, json: unknown, batch: Batch): void {
    const { sid, seq, receivedAtMs } = record
    const event = normalise({ seq, receivedAtMs, fingerprint: fingerprintOf(record.body) }, json)
    const faults = findFaults(json, 'strict', event.type === 'sessionStart' ? 'sessions' : 'events')
    // The policy `lenient` takes such a body, with the last of the two values.
    const repeated = acceptedRepeatedKey(record.body, json)
    if (repeated !== undefined) faults.push(repeated)
    const known = open.get(sid)?.session
    const outcome = receive(known?.state, sid, event, rules)
    const session = outcome.state ?? known?.state
    putEvent(batch, event, { ...record, eventType: eventTypeOf(json) }, faults, session)
    putOutcome(batch, outcome, sid, session, seq)
    if (outcome.state === undefined) open.delete(sid)
    else
      keep({
        state: outcome.state,
        rowAtMs: known?.rowAtMs ?? receivedAtMs,
        isRowStale: known !== undefined,
      })
  }

  function* applyClock({ seq, receivedAtMs }: ClockRecord, batch: Batch): Generator<void> {
    let count = 0
    for (const [sid, { session, dueAtMs }] of open) {
      // Nearly all of them: with many sessions open, to look at each would hold up the server every second.
      if (receivedAtMs < dueAtMs) continue
      count += 1
      if (count % sessionsPerStepMax === 0) yield
      const outcome = passTime(session.state, receivedAtMs, rules)
      putOutcome(batch, outcome, sid, outcome.state ?? session.state, seq)
      if (outcome.state === undefined) {
        open.delete(sid)
      } else if (session.isRowStale && receivedAtMs - session.rowAtMs >= rowRefreshIntervalMs) {
        put(batch, 'sessions', sid, sessionRow(summarise(outcome.state), seq))
        keep({ state: outcome.state, rowAtMs: receivedAtMs, isRowStale: false })
      } else {
        keep({ ...session, state: outcome.state })
      }
    }
  }

  function* applyInSteps(record: LogRecord, batch: Batch): Generator<void> {
    if (record.kind === 'clock') {
      yield* applyClock(record, batch)
      return
    }
    if (record.kind !== 'event') return
    const json: unknown = JSON.parse(record.body.toString('utf8'))
    if (Array.isArray(json)) applyDownload(record, json, rules, batch)
    else applyEvent(record, json, batch)
  }

  return {
    applyInSteps,
    apply(record, batch) {
      const steps = applyInSteps(record, batch)
      while (steps.next().done !== true);
    },
    sessions: () => Array.from(open.values(), ({ session }) => session),
    *states() {
      for (const { session } of open.values()) yield session.state
    },
  }
}

interface Watched {
  readonly session: OpenSession
  /** Until then the time changes nothing of it. */
  readonly dueAtMs: number
}

/** A downloaded session comes whole in one record; its events are numbered by their places in the list. */
function applyDownload(
  { sid, seq, receivedAtMs, body: whole }: EventRecord,
  list: readonly unknown[],
  rules: SessionRules,
  batch: Batch,
): void {
  const [start, ...events] = normaliseDownload(list)
  const outcome = replayDownload(sid, [start.event, events.map(({ event }) => event)], rules)
  const repeated = acceptedRepeatedKey(whole, list)
  for (const [index, { event, body }] of [start, ...events].entries()) {
    const faults = findListedFaults(list[index], index, 'strict')
    const place = `/${index}`
    if (repeated?.pointer.startsWith(`${place}/`))
      faults.push({ ...repeated, pointer: repeated.pointer.slice(place.length) })
    putEvent(
      batch,
      event,
      { sid, seq: event.seq, receivedAtMs, eventType: eventTypeOf(list[index]), body },
      faults,
      outcome.session,
    )
  }
  putOutcome(batch, outcome, sid, outcome.session, seq)
}

/** Archive an event, with what the strict policy would have said of it. */
function putEvent(
  batch: Batch,
  event: MediaEvent,
  sent: SentEvent,
  faults: readonly Fault[],
  session: SessionState | undefined,
): void {
  const key = `${sent.sid} ${sent.seq}`
  put(batch, 'events', key, eventRow(event, sent))
  for (const fault of faults) {
    put(batch, 'diagnostics', `${key} ${fault.code} ${fault.pointer}`, faultRow(sent, fault, session))
  }
}

function putOutcome(
  batch: Batch,
  { facts, notices }: Pick<Outcome, 'facts' | 'notices'>,
  sid: string,
  session: SessionState | undefined,
  version: number,
): void {
  for (const notice of notices) {
    put(batch, 'diagnostics', `${sid} ${notice.seq} ${notice.oddity}`, noticeRow(sid, notice, session))
  }
  if (session === undefined) return
  for (const fact of facts) {
    const { table, key, row } = factRow(fact, session, version)
    put(batch, table, key, row)
  }
}
