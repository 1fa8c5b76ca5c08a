import type { OracleEvent } from './readEvent.ts'
import type { Span } from './view.ts'

/** Where the main content is by an event. */
export interface Place {
  /** The playhead, milliseconds: Unix time as such. Movement is judged on it. */
  readonly head: number
  /** The position in the content or of the day; none below 0. */
  readonly at: number | undefined
}

export const dayMs = 86_400_000

/** E-4: what a playhead says; only live ones can be Unix time, in seconds or in milliseconds. */
function placeOf(playhead: number, isLive: boolean): Place {
  const seconds = playhead / 1000
  const isSeconds = isLive && seconds >= 1e9 && seconds < 10_413_791_999
  const isMilliseconds = isLive && seconds >= 1e12 && seconds <= 10_413_791_999_999
  const head = isMilliseconds ? Math.round(seconds) : playhead
  if (head < 0) return { head, at: undefined }
  return { head, at: isSeconds || isMilliseconds ? head % dayMs : head }
}

/** Where the main content is by each event: where the last one said whose playhead is the content's (E-2). */
export function placesOf(events: readonly OracleEvent[], frozen: readonly Span[], isLive: boolean): Place[] {
  let place = placeOf(events[0]!.playhead, isLive)
  return events.map(({ playhead }, i) => {
    if (!frozen.some(({ from, to }) => from <= i && i < to)) place = placeOf(playhead, isLive)
    return place
  })
}

/** E-5: the first event of a live session whose main playhead is other than 0 while all before were exactly that. */
export function endOfZeros(places: readonly Place[], isLive: boolean): number | undefined {
  if (!isLive || places[0]!.head !== 0) return undefined
  const first = places.findIndex(({ head }) => head !== 0)
  return first === -1 ? undefined : first
}
