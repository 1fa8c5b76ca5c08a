import { close } from './close.ts'
import type { Fact } from './fact.ts'
import { inNestingOrder } from './instant.ts'
import { type Life, prolong } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { warningsLeftOpen } from './warningsOf.ts'
import { type Warning, WarningCode } from './warning.ts'
import { readList } from './readList.ts'
import { unchanged } from './receive.ts'
import type { SessionRules } from './rules.ts'
import { draftOf, type SessionState, type StartEvent } from './state.ts'
import { open, type Outcome, step } from './step.ts'

/** What came of a whole session: its state before the close, for its dimensions, and all its facts and warnings. */
export interface WholeSession extends Pick<Outcome, 'facts' | 'warnings'> {
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
  uploadedAtMs: number,
): WholeSession {
  const steps = replayDownloadInSteps(sid, listed, rules, uploadedAtMs)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/**
 * The same in steps: first one for each event that is read, then one for each that is applied, with the state that the events
 * before it have led to. A long list must not hold up the server.
 */
export function* replayDownloadInSteps(
  sid: string,
  listed: readonly [StartEvent, readonly MediaEvent[]],
  rules: SessionRules,
  uploadedAtMs: number,
): Generator<SessionState | undefined, WholeSession, void> {
  const { start, events, repeated } = yield* readList(listed, rules.timeouts, uploadedAtMs)
  const opened = open(sid, start, rules)
  const facts: Fact[] = [...opened.facts]
  const warnings: Warning[] = [
    ...opened.warnings,
    ...repeated.flatMap((event) => unchanged(opened.state, event, WarningCode.duplicateEvent).warnings),
  ]
  let state: SessionState | undefined = opened.state
  let session: SessionState = opened.state
  for (const event of inNestingOrder(events, () => state, isOfInstant)) {
    yield session
    if (event === undefined) continue
    if (state === undefined) {
      warnings.push(...unchanged(state, event, WarningCode.eventAfterClose).warnings)
      continue
    }
    session = state
    const { recent, waiting } = state
    const arrived = { life: lifeAfter(state.life, event), recent, waiting }
    const outcome: Outcome = step(state, event, rules.timeouts, arrived)
    facts.push(...outcome.facts)
    warnings.push(...outcome.warnings)
    state = outcome.state
  }
  if (state === undefined) return { session, facts, warnings }
  const how = { cause: 'downloaded', closedAtMs: state.lastTsMs, sinceLastCallMs: 0 } as const
  warnings.push(...warningsLeftOpen(state))
  facts.push(...close(draftOf(state), how))
  return { session: state, facts, warnings }
}

/** A jump of the clock takes no time, and yet what lies behind it happened later. */
function isOfInstant({ tsMs, clockJumpMs }: MediaEvent, instantTsMs: number): boolean {
  return tsMs === instantTsMs && clockJumpMs === undefined
}

/** In a list there are no stragglers, and no clocks to be watched: it has been read as a whole. */
function lifeAfter(life: Life, event: MediaEvent): Life {
  const { clock } = life
  const { tsMs } = event
  return prolong(life, event, { tsMs, isStale: tsMs < clock.startTsMs, setBackMs: 0, clock })
}
