import type { MediaEvent } from './mediaEvent.ts'
import { Oddity } from './oddity.ts'
import type { SessionState } from './state.ts'

/** What is odd about an event that is about to be applied; at most a handful, in the order of `Oddity`. */
export function odditiesOf(state: SessionState, event: MediaEvent): Oddity[] {
  if (isRepeated(state, event)) return [Oddity.duplicateEvent]
  const oddities: Oddity[] = []
  if (isAdEvent(event) && state.adBreak === undefined) oddities.push(Oddity.adOutsideBreak)
  if (goesBeyondLength(state, event)) oddities.push(Oddity.playheadBeyondLength)
  if (event.tsMs < state.lastTsMs) oddities.push(Oddity.clockBackwards)
  return oddities
}

/** Equal events are normal neighbours, equal bodies with equal `ts` are one event delivered twice. */
function isRepeated(state: SessionState, event: MediaEvent): boolean {
  return state.recent.some(
    ({ tsMs, fingerprint }) => tsMs === event.tsMs && fingerprint === event.fingerprint,
  )
}

function isAdEvent(event: MediaEvent): boolean {
  return event.type === 'adStart' || event.type === 'adComplete' || event.type === 'adSkip'
}

/** Noted where the playhead crosses the end, not on each event after it. */
function goesBeyondLength({ start, ad, playheadMs }: SessionState, event: MediaEvent): boolean {
  const { lengthMs } = start
  if (lengthMs === undefined || ad !== undefined) return false
  return event.playheadMs > lengthMs && playheadMs <= lengthMs
}
