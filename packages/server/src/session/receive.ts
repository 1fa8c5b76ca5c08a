import { expire } from './close.ts'
import type { Fact } from './fact.ts'
import { deadlineOf, expiryOf, isStale, prolong } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { type Notice, noticeOf, Oddity } from './oddity.ts'
import { release } from './reorder.ts'
import type { SessionRules } from './rules.ts'
import type { SessionState } from './state.ts'
import { open, type Outcome, step } from './step.ts'

/**
 * Receive an event, in order of arrival, of a session that may be open, closed, or out of time by then. It is
 * applied when its window lets it go; a `sessionStart` at once.
 *
 * @param known the session's state if it is open
 */
export function receive(
  known: SessionState | undefined,
  sid: string,
  event: MediaEvent,
  rules: SessionRules,
): Outcome {
  if (known === undefined) {
    return event.type === 'sessionStart'
      ? open(sid, event, rules)
      : unchanged(known, event, Oddity.eventAfterClose)
  }
  const { life } = known
  if (event.receivedAtMs >= deadlineOf(life, rules.timeouts, rules.reorderWindowMs)) {
    const { facts, notices } = passTime(known, event.receivedAtMs, rules)
    return { state: undefined, facts, notices: [...notices, noticeOf(event, Oddity.eventAfterClose)] }
  }
  if (isStale(life, event)) return unchanged(known, event, Oddity.eventBeforeStart)
  if (life.end && event.tsMs > life.end.tsMs) return unchanged(known, event, Oddity.eventAfterClose)
  const state = { ...known, life: prolong(life, event), waiting: [...known.waiting, event] }
  return letGo(state, event.receivedAtMs, rules.reorderWindowMs)
}

/** Tell an open session the time: events that have waited long enough are applied, and it may have to close. */
export function passTime(known: SessionState, nowMs: number, rules: SessionRules): Outcome {
  const outcome = letGo(known, nowMs, rules.reorderWindowMs)
  const { life } = known
  const expiry = expiryOf(life, rules.timeouts)
  if (outcome.state === undefined || life.end || nowMs < expiry.deadlineMs) return outcome
  // Whatever still waits, which takes time-outs shorter than the window, has waited in vain.
  const { state, facts, notices } = letGo(outcome.state, Number.POSITIVE_INFINITY, rules.reorderWindowMs)
  return {
    state: undefined,
    facts: [...outcome.facts, ...facts, ...(state ? expire(state, expiry) : [])],
    notices: [...outcome.notices, ...notices],
  }
}

/** The session as it would be if nothing more arrived that belongs before what is there: for a look at an open one. */
export function asItStands(state: SessionState): SessionState {
  const { ready } = release(state.waiting, Number.POSITIVE_INFINITY, 0)
  const events = ready.filter(({ type }) => type !== 'sessionEnd')
  return events.reduce<SessionState>((before, event) => step(before, event).state ?? before, {
    ...state,
    waiting: [],
  })
}

/** Apply the events whose window is over, in their order. */
function letGo(known: SessionState, nowMs: number, windowMs: number): Outcome {
  const { ready, waiting } = release(known.waiting, nowMs, windowMs)
  if (ready.length === 0) return { state: known, facts: [], notices: [] }
  let state: SessionState | undefined = { ...known, waiting }
  const facts: Fact[] = []
  const notices: Notice[] = []
  for (const event of ready) {
    const outcome: Outcome = state ? step(state, event) : unchanged(state, event, Oddity.eventAfterClose)
    state = outcome.state
    facts.push(...outcome.facts)
    notices.push(...outcome.notices)
  }
  return { state, facts, notices }
}

function unchanged(state: SessionState | undefined, event: MediaEvent, oddity: Oddity): Outcome {
  return { state, facts: [], notices: [noticeOf(event, oddity)] }
}
