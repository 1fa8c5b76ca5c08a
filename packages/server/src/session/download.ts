import { close } from './close.ts'
import { isRepeated, remember } from './deliveries.ts'
import type { Fact } from './fact.ts'
import { prolong } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { odditiesLeftOpen } from './odditiesOf.ts'
import { type Notice, Oddity } from './oddity.ts'
import { unchanged } from './receive.ts'
import type { SessionRules } from './rules.ts'
import { draftOf, type SessionState, type StartEvent } from './state.ts'
import { open, type Outcome, step } from './step.ts'

/** What came of a whole session: its state before the close, for its dimensions, and all its facts and notices. */
export interface WholeSession extends Pick<Outcome, 'facts' | 'notices'> {
  readonly session: SessionState
}

/**
 * A session that was watched from the device and sent afterwards, whole. Its events are applied in the order
 * they are listed, which is the sender's duty, and no time-out applies; the end of the list closes it.
 */
export function replayDownload(
  sid: string,
  listed: readonly [StartEvent, readonly MediaEvent[]],
  rules: SessionRules,
): WholeSession {
  const steps = replayDownloadInSteps(sid, listed, rules)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** The same in steps, one for each event, with the state that it led to: a long list must not hold up the server. */
export function* replayDownloadInSteps(
  sid: string,
  [start, events]: readonly [StartEvent, readonly MediaEvent[]],
  rules: SessionRules,
): Generator<SessionState, WholeSession, void> {
  const opened = open(sid, start, rules)
  const facts: Fact[] = [...opened.facts]
  const notices: Notice[] = [...opened.notices]
  let state: SessionState | undefined = opened.state
  let session: SessionState = opened.state
  for (const event of events) {
    yield session
    if (state === undefined) {
      notices.push(...unchanged(state, event, Oddity.eventAfterClose).notices)
      continue
    }
    session = state
    if (isRepeated(state.recent, event)) {
      notices.push(...unchanged(state, event, Oddity.duplicateEvent).notices)
      continue
    }
    const arrived = { life: prolong(state.life, event), recent: remember(state.recent, event) }
    const outcome: Outcome = step(state, event, { ...arrived, waiting: state.waiting })
    facts.push(...outcome.facts)
    notices.push(...outcome.notices)
    state = outcome.state
  }
  if (state === undefined) return { session, facts, notices }
  const how = { cause: 'downloaded', closedAtMs: state.lastTsMs, sinceLastCallMs: 0 } as const
  notices.push(...odditiesLeftOpen(state))
  facts.push(...close(draftOf(state), how))
  return { session: state, facts, notices }
}
