import { findFaults } from '@playhead/protocol'
import { normalise } from '../ingest/normalise.ts'
import type { LogRecord } from '../log/record.ts'
import { expire } from '../session/close.ts'
import type { Fact } from '../session/fact.ts'
import { expiryOf, type Timeouts } from '../session/life.ts'
import type { SessionState } from '../session/state.ts'
import { summarise } from '../session/summary.ts'
import { take } from '../session/take.ts'
import { diagnosticRows } from '../store/rows/diagnosticRows.ts'
import { eventRow } from '../store/rows/eventRow.ts'
import { factRow } from '../store/rows/factRow.ts'
import { sessionRow } from '../store/rows/sessionRow.ts'
import { type Batch, put } from './batch.ts'
import type { OpenSession } from './checkpoint.ts'

/** How often the provisional row of an open session is refreshed at most, milliseconds of the log's time. */
const rowRefreshMs = 60_000

type EventRecord = Extract<LogRecord, { kind: 'event' }>
type ClockRecord = Extract<LogRecord, { kind: 'clock' }>

/** The open sessions as of a position in the journal. */
export interface Roster {
  /** Apply the next record; what it leads to goes into the batch. */
  apply(record: LogRecord, batch: Batch): void
  /** The open sessions, to be written down. */
  sessions(): OpenSession[]
}

/** Takes the journal's records in order: the same records make the same rows, live and after a crash. */
export function createRoster(timeouts: Timeouts, openSessions: readonly OpenSession[]): Roster {
  const open = new Map<string, OpenSession>(openSessions.map((session) => [session.state.sid, session]))

  function applyEvent(record: EventRecord, batch: Batch): void {
    const { sid, seq, receivedAtMs, body } = record
    const json: unknown = JSON.parse(body.toString('utf8'))
    const event = normalise(record, json)
    const eventType = typeIn(json)
    put(batch, 'events', String(seq), eventRow(sid, event, eventType, body))

    const known = open.get(sid)
    const { state, facts, notices } = take(known?.state, sid, event, timeouts)
    const faults = findFaults(json, 'strict', event.type === 'sessionStart' ? 'sessions' : 'events')
    for (const row of diagnosticRows({ sid, seq, receivedAtMs, eventType }, faults, notices)) {
      put(batch, 'diagnostics', `${seq} ${String(row['ordinal'])}`, row)
    }
    putFacts(batch, facts, state ?? known?.state, seq)
    if (state === undefined) open.delete(sid)
    else open.set(sid, { state, rowAtMs: known?.rowAtMs ?? receivedAtMs, isRowStale: known !== undefined })
  }

  function applyClock({ seq, receivedAtMs }: ClockRecord, batch: Batch): void {
    for (const [sid, session] of open) {
      const expiry = expiryOf(session.state.life, timeouts)
      if (receivedAtMs >= expiry.deadlineMs) {
        putFacts(batch, expire(session.state, expiry), session.state, seq)
        open.delete(sid)
      } else if (session.isRowStale && receivedAtMs - session.rowAtMs >= rowRefreshMs) {
        put(batch, 'sessions', sid, sessionRow(summarise(session.state), seq))
        open.set(sid, { ...session, rowAtMs: receivedAtMs, isRowStale: false })
      }
    }
  }

  return {
    apply(record, batch) {
      if (record.kind === 'event') applyEvent(record, batch)
      else applyClock(record, batch)
    },
    sessions: () => [...open.values()],
  }
}

function putFacts(
  batch: Batch,
  facts: readonly Fact[],
  session: SessionState | undefined,
  version: number,
): void {
  if (session === undefined) return
  for (const fact of facts) {
    const { table, key, row } = factRow(fact, session, version)
    put(batch, table, key, row)
  }
}

function typeIn(json: unknown): string {
  const type = typeof json === 'object' && json !== null && 'eventType' in json ? json.eventType : undefined
  return typeof type === 'string' ? type : ''
}
