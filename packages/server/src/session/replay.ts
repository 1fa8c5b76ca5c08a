import type { MediaEvent } from './mediaEvent.ts'
import { asItStands, passTime, receive } from './receive.ts'
import type { SessionRules } from './rules.ts'
import type { SessionState } from './state.ts'
import type { Outcome } from './step.ts'

/** What the engine makes of a session's events, from the first to the last. */
export interface Replay extends Pick<Outcome, 'facts' | 'notices'> {
  /** With all its time booked: at its close or, while it is open, as it stands. */
  readonly state: SessionState
}

/**
 * Run a session's events through the engine again, as they came in; `undefined` without its start. Nobody has to tell
 * the time, as the log's clock does: what was applied in which order, and when and why the session closed, follows
 * from the arrival of its own events.
 *
 * @param isOpen whether nothing is known of the time after its last event
 */
export function replay(
  sid: string,
  events: Iterable<MediaEvent>,
  rules: SessionRules,
  isOpen = false,
): Replay | undefined {
  const facts: Outcome['facts'][number][] = []
  const notices: Outcome['notices'][number][] = []
  let known: SessionState | undefined
  let last: SessionState | undefined
  const take = (outcome: Outcome): void => {
    for (const fact of outcome.facts) {
      facts.push(fact)
      if (fact.kind === 'sessionClosed') last = fact.session.state
    }
    notices.push(...outcome.notices)
    known = outcome.state
    last = known ?? last
  }
  for (const event of events) take(receive(known, sid, event, rules))
  if (known) take(isOpen ? asItStands(known) : passTime(known, Number.POSITIVE_INFINITY, rules))
  return last && { facts, notices, state: last }
}
