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
 * and from the same records as the engine behind the log, so both close a session at the same point.
 */
export interface Gate {
  /** Whether an event that arrives now would still reach the session. */
  isOpen(sid: string, event: Arrival): boolean
  /** Events that the session has had, those that change nothing included. */
  eventsOf(sid: string): number
  /** Take note of a durable event. */
  note(sid: string, event: Arrival): void
  /** Put a session back as a checkpoint remembers it. */
  restore(sid: string, life: Life, events: number): void
  /** Whether some session's time is out at this moment, and the engine has yet to be told what time it is. */
  isAnyExpired(nowMs: number): boolean
  /** Forget the sessions whose time is out: the engine has been told. */
  forgetExpired(nowMs: number): void
  readonly openSessions: number
}

export function createGate(rules: SessionRules): Gate {
  const open = new Map<
    string,
    { readonly life: Life; readonly deadlineMs: number; readonly events: number }
  >()
  // No session expires before this moment: saves looking at all of them each time.
  let nextDeadlineMs = Number.POSITIVE_INFINITY

  function keep(sid: string, life: Life, events: number): void {
    const deadlineMs = deadlineOf(life, rules.timeouts, rules.reorderWindowMs)
    open.set(sid, { life, deadlineMs, events })
    nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs)
  }

  function findNextDeadline(): void {
    nextDeadlineMs = Number.POSITIVE_INFINITY
    for (const { deadlineMs } of open.values()) nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs)
  }

  return {
    isOpen(sid, event) {
      const known = open.get(sid)
      if (known === undefined || event.receivedAtMs >= known.deadlineMs) return false
      return !isAfterEnd(known.life, readArrival(known.life, event, rules))
    },
    eventsOf: (sid) => open.get(sid)?.events ?? 0,
    note(sid, event) {
      const known = open.get(sid)
      if (event.type === 'sessionStart') {
        // One that is repeated begins nothing.
        if (known === undefined) keep(sid, beginLife(event), 1)
        else keep(sid, known.life, known.events + 1)
        return
      }
      if (known === undefined) return
      if (event.receivedAtMs >= known.deadlineMs) open.delete(sid)
      else {
        const life = prolong(known.life, event, readArrival(known.life, event, rules))
        keep(sid, life, known.events + 1)
      }
    },
    restore: keep,
    isAnyExpired(nowMs) {
      if (nowMs < nextDeadlineMs) return false
      findNextDeadline()
      return nowMs >= nextDeadlineMs
    },
    forgetExpired(nowMs) {
      if (nowMs < nextDeadlineMs) return
      for (const [sid, { deadlineMs }] of open) if (nowMs >= deadlineMs) open.delete(sid)
      findNextDeadline()
    },
    get openSessions() {
      return open.size
    },
  }
}
