import { releaseChapters } from './chapter.ts'
import { expire } from './close.ts'
import { deadlineOf, expiryOf, isStale, prolong } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { noticeOf, Oddity } from './oddity.ts'
import { release } from './reorder.ts'
import type { SessionRules } from './rules.ts'
import { endRun } from './stall.ts'
import { draftOf, type SessionState } from './state.ts'
import { open, type Outcome, step } from './step.ts'

/**
 * Receive an event, in order of arrival, of a session that may be open, closed, or out of time by then. It is
 * applied when its window lets it go; a `sessionStart` at once. What had waited long enough by then is applied
 * before it, so that the order does not depend on when the time was told: the archive, which has no clock records,
 * gives the same result as the log.
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
    return then(passTime(known, event.receivedAtMs, rules), (state) =>
      unchanged(state, event, Oddity.eventAfterClose),
    )
  }
  return then(letGo(known, event.receivedAtMs, rules.reorderWindowMs), (state) => admit(state, event, rules))
}

/** Tell an open session the time: events that have waited long enough are applied, and it may have to close. */
export function passTime(known: SessionState, nowMs: number, rules: SessionRules): Outcome {
  const { timeouts, reorderWindowMs } = rules
  if (nowMs < deadlineOf(known.life, timeouts, reorderWindowMs)) return letGo(known, nowMs, reorderWindowMs)
  // What still waits (a second end, or time-outs shorter than the window) has waited in vain.
  return then(letGo(known, Number.POSITIVE_INFINITY, reorderWindowMs), (state) => ({
    state: undefined,
    facts: state ? expire(state, expiryOf(state.life, timeouts)) : [],
    notices: [],
  }))
}

/**
 * The session as it would be if nothing more arrived that belongs before what is there: for a look at an open one.
 * What waits is applied, and time held back counts as play time.
 */
export function asItStands(known: SessionState): Outcome & { readonly state: SessionState } {
  const { ready } = release(known.waiting, Number.POSITIVE_INFINITY, 0)
  const events = ready.filter(({ type }) => type !== 'sessionEnd')
  const before: Outcome = { state: { ...known, waiting: [] }, facts: [], notices: [] }
  const applied = events.reduce((outcome, event) => then(outcome, (state) => apply(state, event)), before)
  const state = draftOf(applied.state ?? known)
  endRun(state)
  return { ...applied, state, facts: [...applied.facts, ...releaseChapters(state)] }
}

/** Let an event in that arrived in time, unless it happened outside the session. */
function admit(known: SessionState | undefined, event: MediaEvent, rules: SessionRules): Outcome {
  if (known === undefined) return unchanged(known, event, Oddity.eventAfterClose)
  const { life } = known
  if (isStale(life, event)) return unchanged(known, event, Oddity.eventBeforeStart)
  if (life.end && event.tsMs > life.end.tsMs) return unchanged(known, event, Oddity.eventAfterClose)
  const state = { ...known, life: prolong(life, event), waiting: [...known.waiting, event] }
  return letGo(state, event.receivedAtMs, rules.reorderWindowMs)
}

/** Apply the events whose window is over, in their order. */
function letGo(known: SessionState, nowMs: number, windowMs: number): Outcome {
  const { ready, waiting } = release(known.waiting, nowMs, windowMs)
  if (ready.length === 0) return { state: known, facts: [], notices: [] }
  const before: Outcome = { state: { ...known, waiting }, facts: [], notices: [] }
  return ready.reduce((outcome, event) => then(outcome, (state) => apply(state, event)), before)
}

function apply(state: SessionState | undefined, event: MediaEvent): Outcome {
  return state ? step(state, event) : unchanged(state, event, Oddity.eventAfterClose)
}

/** What comes of one thing after another. */
function then(first: Outcome, next: (state: SessionState | undefined) => Outcome): Outcome {
  const { state, facts, notices } = next(first.state)
  return { state, facts: [...first.facts, ...facts], notices: [...first.notices, ...notices] }
}

function unchanged(state: SessionState | undefined, event: MediaEvent, oddity: Oddity): Outcome {
  return { state, facts: [], notices: isUsualAfterwards(event, oddity) ? [] : [noticeOf(event, oddity)] }
}

/** Players end sessions late and twice; that is nothing to remark on. */
function isUsualAfterwards({ type }: MediaEvent, oddity: Oddity): boolean {
  return oddity === Oddity.eventAfterClose && (type === 'sessionEnd' || type === 'sessionComplete')
}
