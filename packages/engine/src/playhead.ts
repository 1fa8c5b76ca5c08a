import { tsMaxMs } from '@playhead/protocol'
import type { MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/** Where a live playhead, the second of the day, falls back to 0. */
export const dayMs = 86_400_000

/** Playheads from here on, in milliseconds, are Unix time: 9 September 2001. */
const unixMinMs = 1e12

/**
 * Read the playhead of an event as one of the content, milliseconds. In a break, from its first ad on, players report the ad's
 * position, or where the break will end: the content stays where it was until the break is over (rule E-2), or until a
 * `play` says that it goes on though nothing ended the break. Live streams with a 1970 epoch may count milliseconds.
 */
export function readPlayhead(state: SessionState, { type, playheadMs }: MediaEvent): number {
  const isOfAds = (type === 'adStart' && state.adBreak !== undefined) || state.isInAds
  if (isOfAds && !resumesContent(state, type)) return state.playheadMs
  return inMilliseconds(playheadMs, state.start.isLive)
}

/** A live playhead of Unix milliseconds has been taken for seconds. */
export function inMilliseconds(playheadMs: number, isLive: boolean): number {
  const isUnixMs = isLive && playheadMs >= unixMinMs * 1000 && playheadMs <= tsMaxMs * 1000
  return isUnixMs ? Math.round(playheadMs / 1000) : playheadMs
}

/** Whether the playheads that follow an event are those of ads. */
export function isInAdsAfter(before: SessionState, after: SessionState, { type }: MediaEvent): boolean {
  if (after.adBreak !== before.adBreak || resumesContent(before, type)) return false
  return before.isInAds || (type === 'adStart' && after.adBreak !== undefined)
}

/** A `play` while no ad is open plays the content, unless that is over: post-rolls have their own. */
function resumesContent({ ad, main }: SessionState, type: MediaEvent['type']): boolean {
  return type === 'play' && ad === undefined && main !== 'ended'
}

/** Whether a playhead can only be Unix time, in milliseconds. */
export function isUnixTime(playheadMs: number): boolean {
  return playheadMs >= unixMinMs && playheadMs <= tsMaxMs
}

/**
 * Where in the content a playhead is, milliseconds; live: of the day. One below 0 moves like any other and is nowhere;
 * only the lenient policy takes it.
 */
export function positionOf(playheadMs: number, isLive: boolean): number | undefined {
  if (playheadMs < 0) return undefined
  return isLive && isUnixTime(playheadMs) ? playheadMs % dayMs : playheadMs
}
