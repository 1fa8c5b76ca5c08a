import type { Ad, AdBreak, MediaEvent } from './mediaEvent.ts'
import type { Fact } from './fact.ts'
import { warnedOf } from './warning.ts'
import { isReported } from './parts.ts'
import type { SessionState } from './state.ts'

/** Open an ad break; one that is open is closed first (rule A-1). */
export function startAdBreak(state: SessionState, event: MediaEvent, adBreak: AdBreak): Fact[] {
  const facts = endAdBreak(state, event)
  state.adBreak = adBreak
  state.openers = { ...state.openers, adBreak: warnedOf(event) }
  return facts
}

/** Close the break, and an ad still open in it as not completed (rule A-5). Content goes on as it was before. */
export function endAdBreak(state: SessionState, event: MediaEvent): Fact[] {
  const facts = closeAd(state, event.tsMs, false)
  state.adBreak = undefined
  return facts
}

/** Open an ad, playing whatever the content does (rule A-2). Outside a break it is no ad (rule A-3). */
export function startAd(state: SessionState, event: MediaEvent, ad: Ad): Fact[] {
  if (state.adBreak === undefined) {
    state.isAdOutsideBreakOpen = true
    return []
  }
  const facts = closeAd(state, event.tsMs, false)
  state.totals.adCount += 1
  state.ad = {
    ordinal: state.totals.adCount,
    ad,
    adBreak: state.adBreak,
    startedTsMs: event.tsMs,
    play: 'playing',
    timePlayedMs: 0,
    overrunFromMs: undefined,
    isOverrun: false,
  }
  state.openers = { ...state.openers, ad: warnedOf(event) }
  return isReported(state.ad) ? [...facts, { kind: 'adStarted', ad: state.ad }] : facts
}

/** So far the playhead goes on behind an ad's length until its end must be missing, milliseconds. */
const overrunMaxMs = 10_000

/** See whether the content plays on in an ad that has been open for longer than it lasts (rule E-6). */
export function watchForOverrun(
  before: SessionState,
  { ad }: SessionState,
  playheadMs: number,
  tsMs: number,
): void {
  if (ad === undefined || ad.ordinal !== before.ad?.ordinal) return
  const { 'media.ad.length': length } = ad.ad.dimensions
  if (typeof length !== 'number' || length <= 0 || tsMs - ad.startedTsMs <= length * 1000) return
  ad.overrunFromMs ??= playheadMs
  ad.isOverrun ||= playheadMs - ad.overrunFromMs > overrunMaxMs
}

/** End the open ad as `adComplete` or `adSkip` says (rule A-4); without one there is nothing to end. */
export function endAd(state: SessionState, event: MediaEvent): Fact[] {
  state.isAdOutsideBreakOpen = false
  return closeAd(state, event.tsMs, event.type === 'adComplete')
}

/** Close the open ad, if any; one whose end came late, from before its start, has no length. */
export function closeAd(state: SessionState, tsMs: number, isCompleted: boolean): Fact[] {
  const { ad } = state
  if (ad === undefined) return []
  state.ad = undefined
  const closedTsMs = Math.max(ad.startedTsMs, tsMs)
  return isReported(ad) ? [{ kind: 'adClosed', ad: { ...ad, closedTsMs, isCompleted } }] : []
}
