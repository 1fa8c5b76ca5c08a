import type { Row } from '../projection/rows/row.ts'
import { toSeconds } from './renderValues.ts'

/** What a session is, in short. Times are ISO 8601 in UTC, each no earlier than the one above it; by which clock, `sessionHead` of the protocol says. */
export interface SessionHead {
  readonly id: string
  readonly status: 'open' | 'closed'
  /** Whether the numbers may still change. */
  readonly isProvisional: boolean
  readonly closeCause: string | null
  readonly startedAt: string
  readonly lastEventAt: string
  readonly closedAt: string | null
  readonly rulesVersion: number
  readonly contentId: string | null
  readonly contentName: string | null
  readonly playerName: string | null
  readonly channel: string | null
  /**
   * Longest time between two events, seconds: how precisely the durations are known. What happened in between was not
   * told, so each change that was not announced, and the end of a player that vanished, is off by so much at most.
   */
  readonly longestGap: number
  /** Content and ads, seconds. */
  readonly mediaTimeSpent: number
}

/** Columns of `sessions` that a head is made of; times as epoch milliseconds. */
export const headColumns = `
  sid, status, close_cause, rules_version, content_id, content_name, player_name, channel, longest_gap_ms, media_time_spent_ms,
  toUnixTimestamp64Milli(started_at) AS started_at,
  toUnixTimestamp64Milli(last_event_at) AS last_event_at,
  toUnixTimestamp64Milli(closed_at) AS closed_at`

export function sessionHead(row: Row): SessionHead {
  const isOpen = row['status'] === 'open'
  return {
    id: String(row['sid']),
    status: isOpen ? 'open' : 'closed',
    isProvisional: isOpen,
    closeCause: textOrNull(row['close_cause']),
    startedAt: timeOf(row['started_at']) ?? '',
    lastEventAt: timeOf(row['last_event_at']) ?? '',
    closedAt: timeOf(row['closed_at']),
    rulesVersion: Number(row['rules_version']),
    contentId: textOrNull(row['content_id']),
    contentName: textOrNull(row['content_name']),
    playerName: textOrNull(row['player_name']),
    channel: textOrNull(row['channel']),
    longestGap: Number(row['longest_gap_ms']) / 1000,
    mediaTimeSpent: toSeconds(Number(row['media_time_spent_ms'])),
  }
}

/** Epoch milliseconds as ISO 8601 in UTC; null for none. */
export function timeOf(epochMs: unknown): string | null {
  return typeof epochMs === 'number' ? new Date(epochMs).toISOString() : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
