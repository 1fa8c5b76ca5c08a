import { closeAd } from './adBreak.ts'
import { closeChapter, releaseChapters } from './chapter.ts'
import type { Fact } from './fact.ts'
import type { Expiry } from './life.ts'
import { endRun } from './stall.ts'
import { draftOf, type SessionState } from './state.ts'
import { type Close, summarise } from './summary.ts'

/**
 * Close a session whose time is out. Time is attributed up to its last event; nothing is known of what came
 * after. An open ad and an open chapter close as not completed.
 */
export function expire(state: SessionState, expiry: Expiry): Fact[] {
  return close(draftOf(state), {
    cause: expiry.cause,
    closedAtMs: expiry.closedAtMs,
    sinceLastCallMs: expiry.closedAtMs - state.life.lastEventAtMs,
  })
}

/** Close a draft; all its time is attributed. Nothing closes before the last event that belongs to it. */
export function close(state: SessionState, how: Close): Fact[] {
  const facts = [...closeAd(state, state.lastTsMs, false), ...closeChapter(state, state.lastTsMs, false)]
  endRun(state)
  facts.push(...releaseChapters(state))
  const closedAtMs = Math.max(how.closedAtMs, state.life.lastEventAtMs)
  return [...facts, { kind: 'sessionClosed', session: summarise(state, { ...how, closedAtMs }) }]
}
