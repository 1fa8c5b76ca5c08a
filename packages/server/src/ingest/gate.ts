import { beginLife, deadlineOf, type Life, prolong } from '../session/life.ts'
import type { SessionRules } from '../session/rules.ts'
import type { Arrival } from './normalise.ts'

/**
 * Which sessions take events. It hears of every event in log order, and judges time-outs by the same rules
 * and from the same records as the engine behind the log, so both close a session at the same point.
 */
export interface Gate {
  /** Whether an event of the device time `tsMs` that arrives now would still reach the session. */
  isOpen(sid: string, nowMs: number, tsMs: number): boolean
  /** Take note of a durable event. */
  note(sid: string, event: Arrival): void
  /** Put a session back as a checkpoint remembers it. */
  restore(sid: string, life: Life): void
  /** Whether some session's time is out at this moment, and the engine has yet to be told what time it is. */
  isAnyExpired(nowMs: number): boolean
  /** Forget the sessions whose time is out: the engine has been told. */
  forgetExpired(nowMs: number): void
  readonly openSessions: number
}

export function createGate(rules: SessionRules): Gate {
  const lives = new Map<string, Life>()
  const deadline = (life: Life): number => deadlineOf(life, rules.timeouts, rules.reorderWindowMs)
  // No session expires before this moment: saves looking at all of them each time.
  let nextDeadlineMs = Number.POSITIVE_INFINITY

  function keep(sid: string, life: Life): void {
    lives.set(sid, life)
    nextDeadlineMs = Math.min(nextDeadlineMs, deadline(life))
  }

  return {
    isOpen(sid, nowMs, tsMs) {
      const life = lives.get(sid)
      if (life === undefined || nowMs >= deadline(life)) return false
      return life.end === undefined || tsMs <= life.end.tsMs
    },
    note(sid, event) {
      if (event.type === 'sessionStart') {
        keep(sid, beginLife(event))
        return
      }
      const life = lives.get(sid)
      if (life === undefined) return
      if (event.receivedAtMs >= deadline(life)) lives.delete(sid)
      else keep(sid, prolong(life, event))
    },
    restore: keep,
    isAnyExpired(nowMs) {
      if (nowMs < nextDeadlineMs) return false
      nextDeadlineMs = earliest([...lives.values()].map((life) => deadline(life)))
      return nowMs >= nextDeadlineMs
    },
    forgetExpired(nowMs) {
      for (const [sid, life] of lives) if (nowMs >= deadline(life)) lives.delete(sid)
      nextDeadlineMs = earliest([...lives.values()].map((life) => deadline(life)))
    },
    get openSessions() {
      return lives.size
    },
  }
}

function earliest(deadlines: readonly number[]): number {
  return deadlines.reduce((first, deadlineMs) => Math.min(first, deadlineMs), Number.POSITIVE_INFINITY)
}
