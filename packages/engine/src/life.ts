import { type DeviceClock, type Reading, readTime, startClock } from './deviceClock.ts'
import type { SessionRules } from './rules.ts'

/**
 * How long a session lives. Judged by arrival time alone, so that the gate in front of the log and the
 * engine behind it come to the same verdict from the same records.
 */
export interface Life {
  readonly clock: DeviceClock
  readonly startedAtMs: number
  readonly lastEventAtMs: number
  readonly playheadMs: number
  /** Arrival of the last event whose playhead differed from the one before it. */
  readonly playheadMovedAtMs: number
  /** The `sessionEnd` that was sent, if any: the session still takes what happened before it, for a moment. */
  readonly end: { readonly tsMs: number; readonly atMs: number } | undefined
}

export interface Timeouts {
  /** Without any event. The API documents 10 minutes. */
  readonly idleMs: number
  /** With events but an unmoved playhead. The API documents 30 minutes. */
  readonly stillMs: number
  /** Since the start. The API documents 24 hours. */
  readonly ageMs: number
  /** On top of each, so that a player that ends its session exactly on time is not cut off. */
  readonly graceMs: number
}

export type ExpiryCause = 'idle' | 'still' | 'age'

export interface Expiry {
  readonly cause: ExpiryCause
  /** When the session counts as closed: the time-out without the grace, and never before its last event. */
  readonly closedAtMs: number
  /** From this moment on no event is taken any more. */
  readonly deadlineMs: number
}

export interface Arrival {
  readonly type: string
  readonly receivedAtMs: number
  readonly tsMs: number
  readonly playheadMs: number
}

export function beginLife(start: Omit<Arrival, 'type'>): Life {
  return {
    clock: startClock(start.tsMs),
    startedAtMs: start.receivedAtMs,
    lastEventAtMs: start.receivedAtMs,
    playheadMs: start.playheadMs,
    playheadMovedAtMs: start.receivedAtMs,
    end: undefined,
  }
}

/** Read the time of an event that has just arrived. */
export function readArrival(
  { clock, lastEventAtMs }: Life,
  event: Arrival,
  rules: Pick<SessionRules, 'timeouts' | 'reorderWindowMs'>,
): Reading {
  return readTime(clock, event, lastEventAtMs, rules)
}

/** Whether a session that was ended takes no event of that time any more. */
export function isAfterEnd({ end }: Life, { tsMs, isStale }: Reading): boolean {
  return end !== undefined && !isStale && tsMs > end.tsMs
}

/** The life after one more event; one that is older than the session prolongs nothing, one after its end changes nothing. */
export function prolong(life: Life, event: Arrival, reading: Reading): Life {
  if (isAfterEnd(life, reading)) return life
  const { clock, tsMs, isStale } = reading
  if (isStale) return { ...life, clock }
  const { type, receivedAtMs, playheadMs } = event
  return {
    clock,
    startedAtMs: life.startedAtMs,
    lastEventAtMs: receivedAtMs,
    playheadMs,
    playheadMovedAtMs: playheadMs === life.playheadMs ? life.playheadMovedAtMs : receivedAtMs,
    end: life.end ?? (type === 'sessionEnd' ? { tsMs, atMs: receivedAtMs } : undefined),
  }
}

/** When, and of what, a session that has not been ended will close if nothing more arrives. */
export function expiryOf(life: Life, timeouts: Timeouts): Expiry {
  const idle = life.lastEventAtMs + timeouts.idleMs
  const still = life.playheadMovedAtMs + timeouts.stillMs
  const age = life.startedAtMs + timeouts.ageMs
  const first = Math.min(idle, still, age)
  return {
    cause: first === idle ? 'idle' : first === still ? 'still' : 'age',
    closedAtMs: Math.max(first, life.lastEventAtMs),
    deadlineMs: first + timeouts.graceMs,
  }
}

/** From when on the session takes nothing more: its expiry, or when the window behind its `sessionEnd` is over. */
export function deadlineOf(life: Life, timeouts: Timeouts, reorderWindowMs: number): number {
  return life.end ? life.end.atMs + reorderWindowMs : expiryOf(life, timeouts).deadlineMs
}
