import { endAd, endAdBreak, startAd, startAdBreak } from './adBreak.ts'
import { closeChapter, startChapter } from './chapter.ts'
import type { Fact } from './fact.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { changeStates } from './playerStates.ts'
import { countError } from './quality.ts'
import type { SessionState } from './state.ts'

/** Change the state as an event says (rules P-, A- and C- of the metrics). Time was attributed before. */
export function transition(state: SessionState, event: MediaEvent): Fact[] {
  switch (event.type) {
    case 'play':
      // A post-roll has its own `play`: the content is over (rule E-3).
      if (state.main !== 'ended' || state.adBreak === undefined) state.main = 'playing'
      if (state.ad) state.ad.play = 'playing'
      return []
    case 'pauseStart':
      interrupt(state, 'paused', 'pauseCount')
      return []
    case 'bufferStart':
      interrupt(state, 'buffering', 'bufferCount')
      return []
    case 'sessionComplete':
      state.isCompleted = true
      state.main = 'ended'
      return []
    case 'adBreakStart':
      return startAdBreak(state, event, event.adBreak)
    case 'adBreakComplete':
      return endAdBreak(state, event)
    case 'adStart':
      return startAd(state, event, event.ad)
    case 'adComplete':
    case 'adSkip':
      return endAd(state, event)
    case 'chapterStart':
      return startChapter(state, event, event.chapter)
    case 'chapterComplete':
    case 'chapterSkip':
      return closeChapter(state, event.tsMs, event.type === 'chapterComplete')
    case 'stateStart':
    case 'stateEnd':
    case 'statesUpdate':
      state.states = changeStates(state.states, event.states)
      return []
    case 'error':
      countError(state.quality, event.error)
      return []
    case 'bitrateChange':
      state.quality.bitrateChangeCount += 1
      return []
    case 'ping':
    case 'sessionEnd':
    case 'sessionStart':
    case 'unknown':
      return []
  }
}

/** A pause or a buffering counts once, however often it is announced; after the content's end it is none. */
function interrupt(
  state: SessionState,
  play: 'paused' | 'buffering',
  count: 'pauseCount' | 'bufferCount',
): void {
  const now = state.ad?.play ?? state.main
  if (now === 'ended') return
  if (now !== play) state.totals[count] += 1
  if (state.main !== 'ended') state.main = play
  if (state.ad) state.ad.play = play
}
