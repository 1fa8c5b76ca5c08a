import { releaseChapters } from './chapter.ts'
import { expire } from './close.ts'
import { isRepeated, remember } from './deliveries.ts'
import type { Fact } from './fact.ts'
import type { Reading } from './deviceClock.ts'
import { inNestingOrder } from './instant.ts'
import { deadlineOf, expiryOf, isAfterEnd, prolong, readArrival } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { warningsLeftOpen } from './warningsOf.ts'
import { type Warning, warningOf, WarningCode } from './warning.ts'
import { release, releaseAll, type Released } from './reorder.ts'
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
      : unchanged(known, event, WarningCode.eventAfterClose)
  }
  const { life, waiting } = known
  const { receivedAtMs } = event
  const { timeouts, reorderWindowMs } = rules
  if (receivedAtMs >= deadlineOf(life, timeouts, reorderWindowMs)) {
    return then(passTime(known, receivedAtMs, rules), (state) => receive(state, sid, event, rules))
  }
  // Not together with the event: it came too late to go before these.
  const earlier = release(waiting, receivedAtMs, reorderWindowMs)
  const reading = readArrival(life, event, rules)
  const code = whyNotTaken(known, event, reading)
  const arrived = { life: prolong(life, event, reading), recent: remember(known.recent, event) }
  if (code !== undefined) {
    // That a stale one came tells of the device's clock; one that is delivered again tells nothing.
    const left = code === WarningCode.eventBeforeStart ? arrived : known
    return then(apply(known, earlier, left, rules), (state) => unchanged(state, event, code))
  }
  const taken = asRead(event, reading)
  const { ready, waiting: stillWaiting } = release([...earlier.waiting, taken], receivedAtMs, reorderWindowMs)
  return apply(known, { ready: joined(earlier.ready, ready), waiting: stillWaiting }, arrived, rules)
}

/** An event with its time as it was read; nearly always that is its own. */
function asRead(event: MediaEvent, { tsMs, setBackMs }: Reading): MediaEvent {
  if (tsMs === event.tsMs) return event
  return { ...event, tsMs, ...(setBackMs > 0 && { clockJumpMs: -setBackMs }) }
}

/** Tell an open session the time: events that have waited long enough are applied, and it may have to close. */
export function passTime(known: SessionState, nowMs: number, rules: SessionRules): Outcome {
  const { timeouts, reorderWindowMs } = rules
  const { life, waiting } = known
  if (nowMs < deadlineOf(life, timeouts, reorderWindowMs)) {
    return apply(known, release(waiting, nowMs, reorderWindowMs), known, rules)
  }
  // What still waits (a second end, or time-outs shorter than the window) has waited in vain.
  return then(apply(known, releaseAll(waiting), known, rules), (state) => ({
    state: undefined,
    facts: state ? expire(state, expiryOf(life, timeouts)) : [],
    warnings: state ? warningsLeftOpen(state) : [],
  }))
}

/** Before this moment `passTime` changes nothing, unless something arrives. */
export function nextChangeMs({ life, waiting: [first] }: SessionState, rules: SessionRules): number {
  const { timeouts, reorderWindowMs } = rules
  const deadlineMs = deadlineOf(life, timeouts, reorderWindowMs)
  return first === undefined ? deadlineMs : Math.min(deadlineMs, first.receivedAtMs + reorderWindowMs)
}

/**
 * The session as it would be if nothing more arrived that belongs before what is there: for a look at an open one.
 * What waits is applied, and time held back counts as play time.
 */
export function snapshotOutcome(
  known: SessionState,
  rules: SessionRules,
): Outcome & { readonly state: SessionState } {
  const waiting = known.waiting.filter(({ type }) => type !== 'sessionEnd')
  const applied = apply(known, releaseAll(waiting), known, rules)
  const state = draftOf(applied.state ?? known)
  endRun(state)
  return { ...applied, state, facts: [...applied.facts, ...releaseChapters(state)] }
}

/** Apply events in the order they were let go, and keep what arrived. */
function apply(
  known: SessionState,
  { ready, waiting }: Released,
  { life, recent }: Pick<SessionState, 'life' | 'recent'>,
  { timeouts }: SessionRules,
): Outcome {
  const [only, next] = ready
  if (only && !next) return step(known, only, timeouts, { life, waiting, recent })
  const facts: Fact[] = []
  const warnings: Warning[] = []
  let state: SessionState | undefined = known
  for (const event of inNestingOrder(ready, () => state)) {
    if (event === undefined) continue
    const outcome: Outcome = state
      ? step(state, event, timeouts, { life, waiting, recent })
      : unchanged(state, event, WarningCode.eventAfterClose)
    facts.push(...outcome.facts)
    warnings.push(...outcome.warnings)
    state = outcome.state
  }
  // Nothing was applied.
  const hasArrived = known.life !== life || known.waiting.length !== waiting.length
  if (state === known && hasArrived) {
    state = draftOf(known)
    state.life = life
    state.waiting = waiting
    state.recent = recent
  }
  return { state, facts, warnings }
}

/**
 * Events from before the session's start, or from after its end, are none of its own. One that is delivered again
 * changes nothing at all: it takes no place among those that wait, and the session lives no longer for it.
 */
function whyNotTaken(
  { life, recent }: SessionState,
  event: MediaEvent,
  reading: Reading,
): WarningCode | undefined {
  if (event.type === 'sessionStart') return WarningCode.startRepeated
  if (isRepeated(recent, event)) return WarningCode.duplicateEvent
  if (reading.isStale) return WarningCode.eventBeforeStart
  return isAfterEnd(life, reading) ? WarningCode.eventAfterClose : undefined
}

/** One list behind another; mostly one of them is empty. */
function joined<Item>(first: readonly Item[], second: readonly Item[]): readonly Item[] {
  if (first.length === 0) return second
  return second.length === 0 ? first : [...first, ...second]
}

/** What comes of one thing after another. */
function then(first: Outcome, next: (state: SessionState | undefined) => Outcome): Outcome {
  const { state, facts, warnings } = next(first.state)
  return { state, facts: joined(first.facts, facts), warnings: joined(first.warnings, warnings) }
}

/** What comes of an event that changes nothing. */
export function unchanged(state: SessionState | undefined, event: MediaEvent, code: WarningCode): Outcome {
  return { state, facts: [], warnings: isUsualAfterwards(event, code) ? [] : [warningOf(event, code)] }
}

/** Players end sessions late and twice; that is nothing to warning on. */
function isUsualAfterwards({ type }: MediaEvent, code: WarningCode): boolean {
  return code === WarningCode.eventAfterClose && (type === 'sessionEnd' || type === 'sessionComplete')
}
