import {
  type Arrival,
  beginLife,
  deadlineOf,
  isAfterEnd,
  type Life,
  prolong,
  readArrival,
  type SessionRules,
} from '@playhead/engine'
import { openSessionBytes } from './openSessionBytes.ts'

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
  /** Take note of a durable event; a start says what its session's clock adds to the log's, and how many bytes it has. */
  note(sid: string, event: Arrival, clockOffsetMs?: number, startBytes?: number): void
  /** Put a session back as a checkpoint remembers it. */
  restore(sid: string, life: Life, events: number, clockOffsetMs?: number, startBytes?: number): void
  /** Forget the sessions whose time is out by the log's clock: the engine has been told. */
  forgetExpired(nowMs: number): void
  readonly openSessions: number
  /** Memory that the open sessions take, about: also of those that the engine has yet to hear of. */
  readonly openBytes: number
}

export function createGate(rules: SessionRules): Gate {
  const open = new Map<string, Known>()
  // By the log's clock no session expires before this moment: saves looking at all of them each time.
  let nextDeadlineMs = Number.POSITIVE_INFINITY
  let openBytes = 0

  function keep(sid: string, { life, events, clockOffsetMs, bytes }: Omit<Known, 'deadlineMs'>): void {
    const deadlineMs = deadlineOf(life, rules.timeouts, rules.reorderWindowMs)
    openBytes += bytes - (open.get(sid)?.bytes ?? 0)
    open.set(sid, { life, events, clockOffsetMs, bytes, deadlineMs })
    nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs - clockOffsetMs)
  }

  function forget(sid: string): void {
    openBytes -= open.get(sid)?.bytes ?? 0
    open.delete(sid)
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
    note(sid, event, clockOffsetMs = 0, startBytes = 0) {
      const known = open.get(sid)
      if (event.type === 'sessionStart') {
        const bytes = openSessionBytes(startBytes)
        // One that is repeated begins nothing.
        if (known === undefined) keep(sid, { life: beginLife(event), events: 1, clockOffsetMs, bytes })
        else keep(sid, { ...known, events: known.events + 1 })
        return
      }
      if (known === undefined) return
      if (event.receivedAtMs >= known.deadlineMs) forget(sid)
      else {
        const life = prolong(known.life, event, readArrival(known.life, event, rules))
        const { clockOffsetMs: offsetMs, bytes } = known
        keep(sid, { life, events: known.events + 1, clockOffsetMs: offsetMs, bytes })
      }
    },
    restore: (sid, life, events, clockOffsetMs = 0, startBytes = 0) =>
      keep(sid, { life, events, clockOffsetMs, bytes: openSessionBytes(startBytes) }),
    forgetExpired(nowMs) {
      if (nowMs < nextDeadlineMs) return
      for (const [sid, { deadlineMs, clockOffsetMs }] of open)
        if (nowMs + clockOffsetMs >= deadlineMs) forget(sid)
      findNextDeadline()
    },
    get openSessions() {
      return open.size
    },
    get openBytes() {
      return openBytes
    },
  }
}

interface Known {
  readonly life: Life
  readonly events: number
  /** What its clock adds to the log's. */
  readonly clockOffsetMs: number
  /** Memory that it takes, about. */
  readonly bytes: number
  /** By its clock. */
  readonly deadlineMs: number
}
