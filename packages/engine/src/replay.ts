import type { MediaEvent } from './mediaEvent.ts'
import { snapshotOutcome, passTime, receive } from './receive.ts'
import type { SessionRules } from './rules.ts'
import type { SessionState } from './state.ts'
import type { Outcome } from './step.ts'

/** What the engine makes of a session's events, from the first to the last. */
export interface Replayed extends Pick<Outcome, 'facts' | 'warnings'> {
  /** With all its time attributed: at its close or, while it is open, as it stands. */
  readonly state: SessionState
}

/** A run of a session's events through the engine. */
export interface Replay<Event> {
  /** The next one, in the order in which they came in. */
  take(event: Event): void
  /**
   * There are no more: `undefined` where the start was not among them.
   *
   * @param isOpen whether nothing is known of the time since the last one
   */
  end(isOpen?: boolean): Replayed | undefined
}

/**
 * Run the events of one session through the engine again. Nobody has to tell the time, as the log's clock does: what
 * was applied in which order, and when and why the session closed, follows from the arrival of its own events.
 */
export function startReplay(sid: string, rules: SessionRules): Replay<MediaEvent> {
  const facts: Outcome['facts'][number][] = []
  const warnings: Outcome['warnings'][number][] = []
  let known: SessionState | undefined
  let last: SessionState | undefined

  function keep(outcome: Outcome): void {
    for (const fact of outcome.facts) {
      facts.push(fact)
      if (fact.kind === 'sessionClosed') last = fact.session.state
    }
    warnings.push(...outcome.warnings)
    known = outcome.state
    last = known ?? last
  }

  return {
    take: (event) => keep(receive(known, sid, event, rules)),
    end(isOpen = false) {
      if (known)
        keep(isOpen ? snapshotOutcome(known, rules) : passTime(known, Number.POSITIVE_INFINITY, rules))
      return last && { facts, warnings, state: last }
    },
  }
}
