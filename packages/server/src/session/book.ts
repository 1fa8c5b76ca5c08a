import { enter, enterWatched } from './ledger.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { bookStates } from './playerStates.ts'
import { bookPlayed } from './playTime.ts'
import { weighBitrate } from './quality.ts'
import { bookStall, hold, isStalled } from './stall.ts'
import type { SessionState } from './state.ts'
import { stepMsOf } from './stepTime.ts'
import { movement, watch } from './watched.ts'

/** Book the time up to this event to what was going on since the last one (section 2 of the metrics). */
export function bookStep(state: SessionState, event: MediaEvent): void {
  const stepMs = stepMsOf(state, event)
  state.states = bookStates(state.states, stepMs)
  switch (state.ad?.play ?? state.main) {
    case 'playing':
      if (state.ad) bookAd(state, stepMs)
      else bookContent(state, event.playheadMs, stepMs)
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

function bookAd(state: SessionState, stepMs: number): void {
  if (state.ad) state.ad.timePlayedMs += stepMs
  state.totals.adTimeMs += stepMs
  enter(state, 'ad', stepMs, state.ad?.ordinal)
  weighBitrate(state.quality, state.quality.bitrate, stepMs)
}

function bookContent(state: SessionState, toPlayheadMs: number, stepMs: number): void {
  const { isLive } = state.start
  const distanceMs = movement(state.playheadMs, toPlayheadMs, stepMs, isLive)
  if (distanceMs === 0 && state.stillRun && !isStalled(state)) {
    hold(state, state.stillRun, stepMs)
    return
  }
  // The step that ends a stall was played as far as the playhead went, and stood for the rest.
  const playedMs = isStalled(state) ? Math.min(Math.abs(distanceMs), stepMs) : stepMs
  if (isStalled(state)) bookStall(state, stepMs - playedMs)
  bookPlayed(state, playedMs, state.quality.bitrate, state.chapter?.ordinal)
  state.watched = watch(state.watched, state.playheadMs, toPlayheadMs, playedMs, isLive)
  if (state.ledger) enterWatched(state, watch([], state.playheadMs, toPlayheadMs, playedMs, isLive))
}
