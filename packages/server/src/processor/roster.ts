import { findFaults } from '@playhead/protocol'
import { isList } from '../ingest/listElements.ts'
import { eventTypeOf, fingerprintOf, normalise } from '../ingest/normalise.ts'
import { acceptedRepeatedKey } from '../ingest/repeatedKey.ts'
import { arrivedAtMs, type LogRecord } from '../log/record.ts'
import { nextChangeMs, passTime, receive } from '../session/receive.ts'
import type { SessionRules } from '../session/rules.ts'
import type { SessionState } from '../session/state.ts'
import type { Outcome } from '../session/step.ts'
import { summarise } from '../session/summary.ts'
import { sessionRow } from '../store/rows/sessionRow.ts'
import { applyDownload } from './applyDownload.ts'
import { type Batch, put } from './batch.ts'
import type { OpenSession } from './checkpoint.ts'
import { putEvent, putFact, putNotice } from './putRows.ts'
import { Warnings } from './warnings.ts'

/** How often the provisional row of an open session is refreshed at most, by the log's time; the report of one session is fresher. */
const rowRefreshIntervalMs = 60_000

/** Sessions that one step looks at: a fraction of a millisecond, mostly. */
const sessionsPerStepMax = 100

type EventRecord = Extract<LogRecord, { kind: 'event' }>
type ClockRecord = Extract<LogRecord, { kind: 'clock' }>

/** The open sessions as of a position in the journal. */
export interface Roster {
  /** Apply the next record; what it leads to goes into the batch. */
  apply(record: LogRecord, batch: Batch): void
  /** The same in small steps: a clock record may concern many sessions, and a list be long. Has to be run to its end. */
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
    const changeAtMs = nextChangeMs(session.state, rules) - session.clockOffsetMs
    const rowDueAtMs = session.isRowStale ? session.rowAtMs + rowRefreshIntervalMs : Number.POSITIVE_INFINITY
    open.set(session.state.sid, { session, dueAtMs: Math.min(changeAtMs, rowDueAtMs) })
  }

  function applyEvent(record: EventRecord, json: unknown, batch: Batch): void {
    const { sid, seq } = record
    const known = open.get(sid)?.session
    const clockOffsetMs = known?.clockOffsetMs ?? record.clockOffsetMs ?? 0
    const receivedAtMs = arrivedAtMs({ receivedAtMs: record.receivedAtMs, clockOffsetMs })
    const event = normalise({ seq, receivedAtMs, fingerprint: fingerprintOf(record.body) }, json)
    const faults = findFaults(json, 'strict', event.type === 'sessionStart' ? 'sessions' : 'events')
    // The policy `lenient` takes such a body, with the last of the two values.
    const repeated = acceptedRepeatedKey(record.body, json)
    if (repeated !== undefined) faults.push(repeated)
    const outcome = receive(known?.state, sid, event, rules)
    const session = outcome.state ?? known?.state
    const warnings = new Warnings(known?.warnings)
    const sent = { ...record, receivedAtMs, clockOffsetMs, eventType: eventTypeOf(json) }
    putEvent(batch, event, sent, faults, session, warnings)
    putOutcome(batch, outcome, sid, session, seq, warnings)
    if (outcome.state === undefined) open.delete(sid)
    else
      keep({
        state: outcome.state,
        clockOffsetMs,
        rowAtMs: known?.rowAtMs ?? record.receivedAtMs,
        isRowStale: known !== undefined,
        warnings: warnings.kept,
      })
  }

  function* applyClock({ seq, receivedAtMs }: ClockRecord, batch: Batch): Generator<void> {
    let count = 0
    for (const [sid, { session, dueAtMs }] of open) {
      count += 1
      if (count % sessionsPerStepMax === 0) yield
      if (receivedAtMs < dueAtMs) continue
      const outcome = passTime(session.state, receivedAtMs + session.clockOffsetMs, rules)
      const warnings = new Warnings(session.warnings)
      putOutcome(batch, outcome, sid, outcome.state ?? session.state, seq, warnings)
      if (outcome.state === undefined) {
        open.delete(sid)
      } else if (session.isRowStale && receivedAtMs - session.rowAtMs >= rowRefreshIntervalMs) {
        put(batch, 'sessions', sid, sessionRow(summarise(outcome.state), seq))
        keep({
          ...session,
          state: outcome.state,
          rowAtMs: receivedAtMs,
          isRowStale: false,
          warnings: warnings.kept,
        })
      } else {
        keep({ ...session, state: outcome.state, warnings: warnings.kept })
      }
    }
  }

  function* applyInSteps(record: LogRecord, batch: Batch): Generator<void> {
    if (record.kind === 'clock') {
      yield* applyClock(record, batch)
      return
    }
    if (record.kind !== 'event') return
    if (isList(record.body)) yield* applyDownload(record, rules, batch)
    else applyEvent(record, JSON.parse(record.body.toString('utf8')), batch)
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
  /** Until then, by the log's clock, the time changes nothing of it. */
  readonly dueAtMs: number
}

function putOutcome(
  batch: Batch,
  { facts, notices }: Pick<Outcome, 'facts' | 'notices'>,
  sid: string,
  session: SessionState | undefined,
  version: number,
  warnings: Warnings,
): void {
  for (const notice of notices) putNotice(batch, sid, notice, session, warnings)
  if (session === undefined) return
  for (const fact of facts) putFact(batch, fact, session, version)
}
