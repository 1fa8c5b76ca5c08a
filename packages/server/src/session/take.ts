import { expire } from './close.ts'
import type { Fact } from './fact.ts'
import { expiryOf, type Timeouts } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { Oddity } from './oddity.ts'
import type { SessionState } from './state.ts'
import { open, type Outcome, step } from './step.ts'

/**
 * Take an event of a session that may be open, closed, or out of time by the event's arrival.
 *
 * @param known the session's state if it is open
 */
export function take(
  known: SessionState | undefined,
  sid: string,
  event: MediaEvent,
  timeouts: Timeouts,
): Outcome {
  if (known === undefined) return event.type === 'sessionStart' ? open(sid, event) : tooLate(event, [])
  const expiry = expiryOf(known.life, timeouts)
  return event.receivedAtMs < expiry.deadlineMs ? step(known, event) : tooLate(event, expire(known, expiry))
}

function tooLate({ seq }: MediaEvent, facts: readonly Fact[]): Outcome {
  return { state: undefined, facts, notices: [{ seq, oddity: Oddity.eventAfterClose }] }
}
