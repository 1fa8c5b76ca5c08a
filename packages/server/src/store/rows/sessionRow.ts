import { sessionDimensions, sessionMetrics } from '@playhead/protocol'
import type { SessionState } from '../../session/state.ts'
import { rulesVersion, type SessionSummary } from '../../session/summary.ts'
import { clockAheadMs, columnsOf, putDimensions, type Row, wellFormed, wellFormedMap } from './row.ts'

const dimensions = columnsOf(sessionDimensions)
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
    last_event_at: life.lastEventAtMs,
    closed_at: close?.closedAtMs ?? null,
    first_ts: life.startTsMs,
    last_ts: state.lastTsMs,
    clock_ahead_ms: clockAheadMs(state),
    event_count: state.eventCount,
    longest_gap_ms: state.longestGapMs,
    visitor: visitorOf(state),
    genre_list: genresOf(start.dimensions['media.genre']),
    custom_metadata: wellFormedMap(start.metadata),
    states: state.states.map(({ name, count, timeMs }) => ({
      name: wellFormed(name),
      count,
      time_ms: timeMs,
    })),
  }
  putDimensions(row, dimensions, start.dimensions)
  for (const [name, { id }] of metricColumns) row[name] = stored(metrics[id])
  return row
}

/** What is absent is null in the store; text may have come in with halves of characters, which it cannot hold. */
function stored(value: SessionSummary['metrics'][keyof SessionSummary['metrics']]): unknown {
  if (value === undefined) return null
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'object') return value.map(wellFormed)
  return value
}

/** Who is watching, by the best id there is; without any, each session is a viewer of its own. */
function visitorOf({ sid, start }: SessionState): string {
  const ids = ['visitor.marketingCloudUserId', 'analytics.aid', 'analytics.visitorId']
  const id = ids.map((param) => start.dimensions[param]).find((value) => value !== undefined && value !== '')
  return wellFormed(String(id ?? sid))
}

/** `media.genre` is a comma separated list; each genre counts in full. */
function genresOf(genre: unknown): string[] {
  if (typeof genre !== 'string') return []
  return wellFormed(genre)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
