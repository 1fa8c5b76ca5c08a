import {
  type Arrival,
  beginLife,
  deadlineOf,
  isAfterEnd,
  type Life,
  prolong,
  readArrival,
} from '../session/life.ts'
import type { SessionRules } from '../session/rules.ts'

/**
 * Which sessions take events. It hears of every event in log order, and judges time-outs by the same rules
 * and from the same records as the engine behind the log, so both close a session at the same point. Events arrive by the
 * clock of their session, which may be ahead of the log's or behind it.
 */
export interface Gate {
  /** Whether an event that arrives now would still reach the session. */
  isOpen(sid: string, event: Arrival): boolean
  /** Events that the session has had, those that change nothing included. */
  eventsOf(sid: string): number
  /** What an open session's clock adds to the log's; `undefined` when it is not open. */
  clockOffsetOf(sid: string): number | undefined
  /** Take note of a durable event; a start says what its session's clock adds to the log's. */
  note(sid: string, event: Arrival, clockOffsetMs?: number): void
  /** Put a session back as a checkpoint remembers it. */
  restore(sid: string, life: Life, events: number, clockOffsetMs?: number): void
  /** Forget the sessions whose time is out by the log's clock: the engine has been told. */
  forgetExpired(nowMs: number): void
  readonly openSessions: number
}

export function createGate(rules: SessionRules): Gate {
  const open = new Map<string, Known>()
  // By the log's clock no session expires before this moment: saves looking at all of them each time.
  let nextDeadlineMs = Number.POSITIVE_INFINITY

  function keep(sid: string, life: Life, events: number, clockOffsetMs: number): void {
    const deadlineMs = deadlineOf(life, rules.timeouts, rules.reorderWindowMs)
    open.set(sid, { life, events, clockOffsetMs, deadlineMs })
    nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs - clockOffsetMs)
  }

  function findNextDeadline(): void {
    nextDeadlineMs = Number.POSITIVE_INFINITY
    for (const { deadlineMs, clockOffsetMs } of open.values())
      nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs - clockOffsetMs)
  }

  return {
    isOpen(sid, event) {
      const known = open.get(sid)
      if (known === undefined || event.receivedAtMs >= known.deadlineMs) return false
      return !isAfterEnd(known.life, readArrival(known.life, event, rules))
    },
    eventsOf: (sid) => open.get(sid)?.events ?? 0,
    clockOffsetOf: (sid) => open.get(sid)?.clockOffsetMs,
    note(sid, event, clockOffsetMs = 0) {
      const known = open.get(sid)
      if (event.type === 'sessionStart') {
        // One that is repeated begins nothing.
        if (known === undefined) keep(sid, beginLife(event), 1, clockOffsetMs)
        else keep(sid, known.life, known.events + 1, known.clockOffsetMs)
        return
      }
      if (known === undefined) return
      if (event.receivedAtMs >= known.deadlineMs) open.delete(sid)
      else {
        const life = prolong(known.life, event, readArrival(known.life, event, rules))
        keep(sid, life, known.events + 1, known.clockOffsetMs)
      }
    },
    restore: (sid, life, events, clockOffsetMs = 0) => keep(sid, life, events, clockOffsetMs),
    forgetExpired(nowMs) {
      if (nowMs < nextDeadlineMs) return
      for (const [sid, { deadlineMs, clockOffsetMs }] of open)
        if (nowMs + clockOffsetMs >= deadlineMs) open.delete(sid)
      findNextDeadline()
    },
    get openSessions() {
      return open.size
    },
  }
}

interface Known {
  readonly life: Life
  readonly events: number
  /** What its clock adds to the log's. */
  readonly clockOffsetMs: number
  /** By its clock. */
  readonly deadlineMs: number
}
