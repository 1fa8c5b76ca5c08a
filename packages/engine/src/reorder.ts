import type { MediaEvent } from './mediaEvent.ts'

/** Events of a session that wait for earlier ones at most: the tenth lets the first go. */
const waitingMax = 9
/**
 * Events that wait behind a `sessionEnd` that waits its full time, at most; beyond, they go as if it had waited. A player
 * has a handful of events under way at its end; without a bound one that repeats its end would make each event cost more
 * than the one before.
 */
export const waitingForEndMax = 16

/** What a window lets go, in the order in which it happened, and what waits on, in the order of arrival. */
export interface Released {
  readonly ready: readonly MediaEvent[]
  readonly waiting: readonly MediaEvent[]
}

/**
 * Let go the events that have waited for the window's length, with all that happened before them, and the first
 * ones when ten wait. They go in the order of the device's clock; of events at one instant the one that arrived
 * first goes first, and a `sessionEnd` last. An end waits its full time while no more than `waitingForEndMax` wait, so
 * that what happened before it is not too late when it is overtaken on the way.
 */
export function release(waiting: readonly MediaEvent[], nowMs: number, windowMs: number): Released {
  const hasWaited = (event: MediaEvent): boolean => nowMs - event.receivedAtMs >= windowMs
  // Nearly always it is one event: the last one, or the next.
  if (waiting.every(hasWaited)) return releaseAll(waiting)
  if (waiting.length <= waitingMax && !waiting.some(hasWaited)) return { ready: nothing, waiting }
  const ordered = waiting.toSorted(byTime)
  const isDue = Math.max(ordered.findLastIndex(hasWaited) + 1, ordered.length - waitingMax)
  const youngEnd = ordered.findIndex((event) => isEnd(event) && !hasWaited(event))
  const isHeldByEnd = youngEnd !== -1 && ordered.length <= waitingForEndMax
  const count = withItsInstant(ordered, isHeldByEnd ? Math.min(isDue, youngEnd) : isDue, youngEnd)
  if (count <= 0) return { ready: [], waiting }
  return { ready: ordered.slice(0, count), waiting: ordered.slice(count).toSorted((a, b) => a.seq - b.seq) }
}

/** What happened at one instant goes together, so that it can be put in the order that nests. */
function withItsInstant(ordered: readonly MediaEvent[], count: number, youngEnd: number): number {
  if (count <= 0) return count
  const { tsMs } = ordered[count - 1] ?? {}
  let end = count
  while (end < ordered.length && end !== youngEnd && ordered[end]?.tsMs === tsMs) end += 1
  return end
}

/** Let everything go. */
export function releaseAll(waiting: readonly MediaEvent[]): Released {
  return { ready: waiting.length > 1 ? waiting.toSorted(byTime) : waiting, waiting: nothing }
}

const nothing: readonly MediaEvent[] = []

function byTime(a: MediaEvent, b: MediaEvent): number {
  return a.tsMs - b.tsMs || Number(isEnd(a)) - Number(isEnd(b)) || a.seq - b.seq
}

function isEnd({ type }: MediaEvent): boolean {
  return type === 'sessionEnd'
}
