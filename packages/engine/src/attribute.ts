import { enter, enterWatched } from './ledger.ts'
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

/** Book the time up to this event to what was going on since the last one (section 2 of the metrics). */
export function attributeStep(state: SessionState, event: MediaEvent, stepMs: number): void {
  state.states = attributeStates(state.states, stepMs)
  switch (state.ad?.play ?? state.main) {
    case 'playing':
      if (state.ad) attributeAd(state, stepMs)
      else attributeContent(state, event, stepMs)
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

function attributeContent(
  state: SessionState,
  { playheadMs: toPlayheadMs, clockJumpMs = 0 }: MediaEvent,
  stepMs: number,
): void {
  // Part of the break: so nothing counts as played before content has started.
  if (stepMs <= adGapMaxMs && (state.adBreak !== undefined || !state.isPlayed)) return
  const { isLive } = state.start
  const distanceMs = movement(state.playheadMs, toPlayheadMs, stepMs, isLive)
  if (distanceMs === 0 && state.stillRun && !isStalled(state)) {
    hold(state, state.stillRun, stepMs)
    return
  }
  // The step that ends a stall was played as far as the playhead went, and stood for the rest.
  const playedMs = isStalled(state) ? Math.min(Math.abs(distanceMs), stepMs) : stepMs
  if (isStalled(state)) attributeStall(state, stepMs - playedMs)
  attributePlayed(state, playedMs, state.quality.bitrate, state.chapter?.ordinal)
  const move = { fromMs: state.playheadMs, toMs: toPlayheadMs, playedMs, isLive, isAsleep: clockJumpMs > 0 }
  state.watched = watch(state.watched, move)
  if (state.ledger) enterWatched(state, watch([], move))
}
