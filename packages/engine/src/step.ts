import { watchForOverrun } from './adBreak.ts'
import { adGapMaxMs, attributeStep, isPlayingContent } from './attribute.ts'
import { releaseChapters } from './chapter.ts'
import { close } from './close.ts'
import type { Fact } from './fact.ts'
import { beginStep, endStep, openLedger } from './ledger.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { warningsOf, warningsOfStart } from './warningsOf.ts'
import { type Warning, warningOf, WarningCode } from './warning.ts'
import { notePlayed } from './played.ts'
import { dayMs, isInAdsAfter, positionOf, readPlayhead } from './playhead.ts'
import { markerReached } from './progress.ts'
import { measureOf, plausible } from './plausible.ts'
import { updateQuality } from './quality.ts'
import type { SessionRules } from './rules.ts'
import { stretch } from './segment.ts'
import { takeSample } from './stall.ts'
import type { Timeouts } from './life.ts'
import { draftOf, openState, type SessionState, type StartEvent } from './state.ts'
import { stepTimeOf } from './stepTime.ts'
import { type SessionMetrics, summarise } from './summary.ts'
import { transition } from './transition.ts'
import { isPlayback } from './watched.ts'

/** What an event leads to: the state after it (`undefined` once the session is closed), and what there is to report. */
export interface Outcome {
  readonly state: SessionState | undefined
  readonly facts: readonly Fact[]
  readonly warnings: readonly Warning[]
}

/** Open a session with its `sessionStart` (rule P-1). */
export function open(
  sid: string,
  event: StartEvent,
  rules: SessionRules,
): Outcome & { readonly state: SessionState } {
  const state = openState(sid, event, rules)
  updateQuality(state.quality, plausible(event.quality, measureOf(state, event)))
  if (rules.keepsLedger) state.ledger = openLedger(state, event, metricsOf(state))
  const found = warningsOfStart(event, state)
  // Reports tell sessions apart by what was noted of their clock.
  if (found.some(({ code }) => code === WarningCode.clockOffset))
    state.noticed = { [WarningCode.clockOffset]: 1 }
  const warnings = found.map(({ code, got }) => warningOf(event, code, got))
  return { state, facts: [{ kind: 'sessionStarted', session: summarise(state) }], warnings }
}

/**
 * Apply the next event, in the order of their happening, to an open session. Same inputs, same outputs: time,
 * ids and limits arrive as data, and `before` stays as it was. The timelines in `timelines/` show each rule at work.
 *
 * @param arrived what is known of arrivals by now, the event's own included
 */
export function step(
  before: SessionState,
  sent: MediaEvent,
  timeouts: Timeouts,
  arrived: Pick<SessionState, 'life' | 'waiting' | 'recent'> = before,
): Outcome {
  const state = draftOf(before)
  state.life = arrived.life
  state.waiting = arrived.waiting
  state.recent = arrived.recent
  const { tsMs, stepMs, excessMs } = stepTimeOf(before, sent, timeouts)
  const playheadMs = readPlayhead(before, sent)
  const isAsSent = tsMs === sent.tsMs && playheadMs === sent.playheadMs
  const event = isAsSent ? sent : { ...sent, tsMs, playheadMs }
  const { receivedAtMs } = event
  state.eventCount += 1
  state.longestGapMs = Math.max(state.longestGapMs, stepMs)
  state.elapsedMs += stepMs
  state.excessMs += excessMs
  beginStep(state, event, stepMs)
  attributeStep(state, event, stepMs)
  updateQuality(state.quality, plausible(event.quality, measureOf(before, event)))
  const facts = transition(state, event)
  state.lastTsMs = tsMs
  state.latestTsMs = Math.max(before.latestTsMs, tsMs)
  state.lastArrivedAtMs = receivedAtMs
  state.latestArrivedAtMs = Math.max(before.latestArrivedAtMs, receivedAtMs)
  state.isInAds = isInAdsAfter(before, state, event)
  watchForOverrun(before, state, sent.playheadMs, tsMs)
  movePlayhead(state, playheadMs, stepMs)
  enterContent(state, before, event)
  if (event.type !== 'sessionEnd') takeSample(state, event, state.playheadMs !== before.playheadMs)
  notePlayed(before, state, tsMs)
  const warnings = takeWarning(state, before, event)
  const isEnd = event.type === 'sessionEnd'
  if (isEnd)
    facts.push(...close(state, { cause: 'sessionEnd', closedAtMs: receivedAtMs, sinceLastCallMs: 0 }))
  else facts.push(...releaseChapters(state))
  endStep(before, state, metricsOf)
  return { state: isEnd ? undefined : state, facts, warnings }
}

function metricsOf(state: SessionState): SessionMetrics {
  return summarise(state).metrics
}

/** Note what was odd, and how often it was. */
function takeWarning(state: SessionState, before: SessionState, event: MediaEvent): Warning[] {
  const found = warningsOf(event, before, state)
  for (const { code } of found) {
    state.noticed = { ...state.noticed, [code]: (state.noticed[code] ?? 0) + 1 }
  }
  state.clockAheadMs = Math.max(before.clockAheadMs, event.tsMs - event.receivedAtMs)
  return found.map(({ code, got }) => warningOf(event, code, got))
}

function movePlayhead(state: SessionState, toMs: number, stepMs: number): void {
  if (state.start.isLive) moveLive(state, toMs, stepMs)
  state.playheadMs = toMs
}

function moveLive(state: SessionState, toMs: number, stepMs: number): void {
  const { playheadMs: fromMs, hasPosition } = state
  const [from, to] = [positionOf(fromMs, true), positionOf(toMs, true)]
  const distanceMs = from === undefined || to === undefined ? 0 : to - from
  if (toMs !== 0) state.hasPosition = true
  if (hasPosition) {
    // Whatever happened meanwhile: a live playhead that is half a day away has passed midnight.
    if (Math.abs(distanceMs) > dayMs / 2) state.midnightWrapsMs -= Math.sign(distanceMs) * dayMs
  } else if (toMs !== 0 && !isPlayback(toMs - fromMs, stepMs)) {
    // SDKs say 0 until they know where the stream is (rule E-5): there the content begins, and no day has ended.
    state.firstPlayheadMs = undefined
    state.range = undefined
  }
}

/**
 * Main content has started with a `play` on it, or when it has played for a moment. A `play` inside an ad alone starts
 * nothing: a viewer who leaves there ends the ad first. Where content was belongs to what was seen.
 */
function enterContent(state: SessionState, before: SessionState, event: MediaEvent): void {
  const isPlaying = isPlayingContent(state)
  const wasPlaying = isPlayingContent(before)
  const hasPlayed = (state.adGap?.ms ?? 0) > adGapMaxMs
  if (hasPlayed || (isPlaying && event.type === 'play')) state.isPlayed = true
  const { isLive, lengthMs } = state.start
  const positionMs = positionOf(state.playheadMs, isLive)
  if (positionMs === undefined) return
  if (isPlaying || wasPlaying) {
    state.firstPlayheadMs ??= positionMs + state.midnightWrapsMs
    state.range = stretch(state.range, positionMs + state.midnightWrapsMs)
  }
  if (!state.isPlayed || lengthMs === undefined) return
  state.highestMarker = Math.max(state.highestMarker, markerReached(positionMs, lengthMs))
}
