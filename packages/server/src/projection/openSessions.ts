import { findProblems } from '@playhead/protocol'
import { isList } from '../events/listElements.ts'
import { eventTypeOf, fingerprintOf, normalise } from '../events/normalise.ts'
import { acceptedRepeatedKey } from '../events/repeatedKey.ts'
import { arrivedAtMs, type LogRecord } from '../log/record.ts'
import {
  nextChangeMs,
  type Outcome,
  passTime,
  receive,
  type SessionRules,
  type SessionState,
  summarise,
} from '@playhead/engine'
import { sessionRow } from './rows/sessionRow.ts'
import { applyDownload } from './applyDownload.ts'
import { type Batch, put } from './batch.ts'
import type { OpenSession } from './checkpoint.ts'
import { putEvent, putFact, putWarning } from './putRows.ts'
import { WarningLimit } from './warningLimit.ts'

/** How often the provisional row of an open session is refreshed at most, by the log's time; the report of one session is fresher. */
const rowRefreshIntervalMs = 60_000

/** Sessions that one step looks at: a fraction of a millisecond, mostly. */
const sessionsPerStepMax = 100

type EventRecord = Extract<LogRecord, { kind: 'event' }>
type ClockRecord = Extract<LogRecord, { kind: 'clock' }>

/** The open sessions as of a position in the journal. */
export interface OpenSessions {
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
export function createOpenSessions(rules: SessionRules, openSessions: readonly OpenSession[]): OpenSessions {
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
    const problems = findProblems(json, 'strict', event.type === 'sessionStart' ? 'sessions' : 'events')
    // The policy `lenient` takes such a body, with the last of the two values.
    const repeated = acceptedRepeatedKey(record.body, json)
    if (repeated !== undefined) problems.push(repeated)
    const outcome = receive(known?.state, sid, event, rules)
    const session = outcome.state ?? known?.state
    const warningLimit = new WarningLimit(known?.warningsKept)
    const sent = { ...record, receivedAtMs, clockOffsetMs, eventType: eventTypeOf(json) }
    putEvent(batch, event, sent, problems, session, warningLimit)
    putOutcome(batch, outcome, sid, session, seq, warningLimit)
    if (outcome.state === undefined) open.delete(sid)
    else
      keep({
        state: outcome.state,
        clockOffsetMs,
        rowAtMs: known?.rowAtMs ?? record.receivedAtMs,
        isRowStale: known !== undefined,
        warningsKept: warningLimit.kept,
      })
  }

  function* applyClock({ seq, receivedAtMs }: ClockRecord, batch: Batch): Generator<void> {
    let count = 0
    for (const [sid, { session, dueAtMs }] of open) {
      count += 1
      if (count % sessionsPerStepMax === 0) yield
      if (receivedAtMs < dueAtMs) continue
      const outcome = passTime(session.state, receivedAtMs + session.clockOffsetMs, rules)
      const warningLimit = new WarningLimit(session.warningsKept)
      putOutcome(batch, outcome, sid, outcome.state ?? session.state, seq, warningLimit)
      if (outcome.state === undefined) {
        open.delete(sid)
      } else if (session.isRowStale && receivedAtMs - session.rowAtMs >= rowRefreshIntervalMs) {
        put(batch, 'sessions', sid, sessionRow(summarise(outcome.state), seq))
        keep({
          ...session,
          state: outcome.state,
          rowAtMs: receivedAtMs,
          isRowStale: false,
          warningsKept: warningLimit.kept,
        })
      } else {
        keep({ ...session, state: outcome.state, warningsKept: warningLimit.kept })
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
  { facts, warnings }: Pick<Outcome, 'facts' | 'warnings'>,
  sid: string,
  session: SessionState | undefined,
  version: number,
  warningLimit: WarningLimit,
): void {
  for (const warning of warnings) putWarning(batch, sid, warning, session, warningLimit)
  if (session === undefined) return
  for (const fact of facts) putFact(batch, fact, session, version)
}
