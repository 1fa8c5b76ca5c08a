import { sessionMetrics } from '@playhead/protocol'
import {
  clockWarnings,
  type Close,
  rulesVersion,
  type SessionState,
  type SessionSummary,
} from '@playhead/engine'
import { clockAheadMs, columnsOf, type Row, wellFormed, wellFormedMap } from './row.ts'
import { viewingOf } from './viewing.ts'

const metricColumns = columnsOf(sessionMetrics)

/**
 * The row of a session in table `sessions`: provisional while it is open, final at its close.
 * `version` is the journal position it was made at; the row with the highest one counts.
 */
export function sessionRow({ state, metrics, close }: SessionSummary, version: number): Row {
  const { life, start } = state
  const row: Record<string, unknown> = {
    sid: state.sid,
    version,
    rules_version: rulesVersion,
    status: close === undefined ? 'open' : 'closed',
    close_cause: close?.cause ?? null,
    started_at: life.startedAtMs,
    last_event_at: lastEventAtMs(state),
    closed_at: close === undefined ? null : closedAtMs(state, close),
    first_ts: life.clock.startTsMs,
    last_ts: state.lastTsMs,
    clock_ahead_ms: clockAheadMs(state),
    event_count: state.eventCount,
    longest_gap_ms: state.longestGapMs,
    ...viewingOf(state).all,
    custom_metadata: wellFormedMap(start.metadata),
    states: state.states.map(({ name, count, timeMs }) => ({
      name: wellFormed(name),
      count,
      time_ms: timeMs,
    })),
    clock_warnings: clockWarnings.filter((code) => state.noticed[code] !== undefined),
    content_played: state.contentPlayed,
    ad_played: state.adPlayed,
    watched: state.watched,
  }
  for (const [name, { id }] of metricColumns) row[name] = stored(metrics[id])
  return row
}

/**
 * When its last event happened at true time, but not before the session began. An event that waited on its way came
 * later than it happened; none came earlier.
 */
function lastEventAtMs(state: SessionState): number {
  const { startedAtMs, lastEventAtMs: arrivedAtMs } = state.life
  return Math.max(startedAtMs, Math.min(state.latestTsMs - clockAheadMs(state), arrivedAtMs))
}

/** When it closed at true time: its last event's time, and what passed from its arrival to a time-out. */
function closedAtMs(state: SessionState, { sinceLastCallMs }: Close): number {
  return lastEventAtMs(state) + sinceLastCallMs
}

/** What is absent is null in the store; text may have come in with halves of characters, which it cannot hold. */
function stored(value: SessionSummary['metrics'][keyof SessionSummary['metrics']]): unknown {
  if (value === undefined) return null
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'object') return value.map(wellFormed)
  return value
}
