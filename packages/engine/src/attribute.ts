import { beginGap, enter, enterWatched, type Step, stepSinceGap } from './ledger.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { attributeStates } from './playerStates.ts'
import { attributePlayed } from './playTime.ts'
import { weighBitrate } from './quality.ts'
import { attributeStall, hold, isStalled } from './stall.ts'
import type { SessionState } from './state.ts'
import { movement, watch } from './watched.ts'

/**
 * Where ads are no further apart, or an ad and the end, there was no content: SDKs fall back to it after more,
 * milliseconds.
 */
export const adGapMaxMs = 250

/**
 * Content in play between two ads, or before content has started: event after event, until an ad or something else comes.
 * Its length tells what it is, so time waits until it is known.
 */
export interface AdGap {
  /** Up to the latest event. Up to `adGapMaxMs` it belongs to the break, and nothing of it is attributed. */
  readonly ms: number
  /** Where and when it began. */
  readonly fromPlayheadMs: number
  readonly fromTsMs: number
}

/** Attribute the time up to this event to what was going on since the last one (docs/rules.md). */
export function attributeStep(state: SessionState, event: MediaEvent, stepMs: number): void {
  const isGap = isInAdGap(state)
  if (!isGap) state.adGap = undefined
  state.states = attributeStates(state.states, stepMs)
  switch (state.ad?.play ?? state.main) {
    case 'playing':
      if (state.ad) attributeAd(state, stepMs)
      else if (isGap) attributeAdGap(state, event, stepMs)
      else attributeContent(state, event, { stepMs, fromPlayheadMs: state.playheadMs })
      break
    case 'paused':
      state.totals.pauseTimeMs += stepMs
      enter(state, 'pause', stepMs)
      break
    case 'buffering':
      state.totals.bufferTimeMs += stepMs
      enter(state, 'buffer', stepMs)
      break
    case 'init':
    case 'ended':
      break
  }
}

function attributeAd(state: SessionState, stepMs: number): void {
  if (state.ad) state.ad.timePlayedMs += stepMs
  state.totals.adTimeMs += stepMs
  enter(state, 'ad', stepMs, state.ad?.ordinal)
  weighBitrate(state.quality, state.quality.bitrate, stepMs)
}

/** Whether content plays where it is a gap as long as it is short: so nothing counts as played before content has started. */
function isInAdGap(state: SessionState): boolean {
  return isPlayingContent(state) && (state.adBreak !== undefined || !state.isPlayed)
}

/** The step by which a gap turns out to be content brings all of it; until then nothing of it is attributed. */
function attributeAdGap(state: SessionState, event: MediaEvent, stepMs: number): void {
  const { playheadMs: fromPlayheadMs, lastTsMs: fromTsMs } = state
  if (state.adGap === undefined) beginGap(state)
  const gap = state.adGap ?? { ms: 0, fromPlayheadMs, fromTsMs }
  const ms = gap.ms + stepMs
  state.adGap = { ...gap, ms }
  if (ms <= adGapMaxMs) return
  if (gap.ms === 0 || gap.ms > adGapMaxMs) {
    attributeContent(state, event, { stepMs, fromPlayheadMs })
    return
  }
  const step = stepSinceGap(state)
  const { stillRun } = state
  // A playhead that has moved within the gap was played up to there.
  const isStill = stillRun !== undefined && stillRun.sinceTsMs <= gap.fromTsMs
  attributeContent(state, event, { stepMs: ms, fromPlayheadMs: gap.fromPlayheadMs, step, isStill })
}

/** A stretch of content in play, up to an event. */
interface ContentStep {
  readonly stepMs: number
  readonly fromPlayheadMs: number
  /** Where a ledger is kept; otherwise its present step. */
  readonly step?: Step | undefined
  /** Whether the playhead can have stood all the time. @default true */
  readonly isStill?: boolean
}

function attributeContent(
  state: SessionState,
  { playheadMs: toPlayheadMs, clockJumpMs = 0 }: MediaEvent,
  { stepMs, fromPlayheadMs, step = state.ledger?.step, isStill = true }: ContentStep,
): void {
  const { isLive } = state.start
  const distanceMs = movement(fromPlayheadMs, toPlayheadMs, stepMs, isLive)
  if (distanceMs === 0 && isStill && state.stillRun && !isStalled(state)) {
    hold(state, state.stillRun, stepMs, step)
    return
  }
  // The step that ends a stall was played as far as the playhead went, and stood for the rest.
  const playedMs = isStalled(state) ? Math.min(Math.abs(distanceMs), stepMs) : stepMs
  if (isStalled(state)) attributeStall(state, stepMs - playedMs)
  attributePlayed(state, playedMs, state.quality.bitrate, state.chapter?.ordinal, step)
  const move = { fromMs: fromPlayheadMs, toMs: toPlayheadMs, playedMs, isLive, isAsleep: clockJumpMs > 0 }
  state.watched = watch(state.watched, move)
  if (step) enterWatched(state, watch([], move), step)
}

/** Whether main content plays, and no ad covers it. */
export function isPlayingContent({ main, ad }: Pick<SessionState, 'main' | 'ad'>): boolean {
  return main === 'playing' && ad === undefined
}
