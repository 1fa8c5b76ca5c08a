import { dayMs, positionOf } from './playhead.ts'

/** Half-open stretches of the content that were watched, ascending and apart from each other, milliseconds. */
export type Watched = readonly (readonly [fromMs: number, toMs: number])[]

/** Playback faster than this is a jump: twice normal speed, plus a second for pings that come late (rule 5.1). */
const speedMax = 2
const jitterMs = 1000
/** Stretches kept of one session: no viewer seeks so often, and a player that leaps at each ping must not fill the memory. */
export const stretchesMax = 1000

/**
 * How far the playhead went in one step, milliseconds; negative is backwards. A live playhead that falls
 * back at midnight has gone on, not back.
 */
export function movement(fromMs: number, toMs: number, stepMs: number, isLive: boolean): number {
  const distance = toMs - fromMs
  if (!isLive || distance >= 0) return distance
  const acrossMidnight = distance + dayMs
  return isPlayback(acrossMidnight, stepMs) ? acrossMidnight : distance
}

/** Where the playhead went in a step. */
export interface Move {
  readonly fromMs: number
  readonly toMs: number
  /** What was played of the step. */
  readonly playedMs: number
  readonly isLive: boolean
  /** The device slept, or its clock jumped: nothing is known of the step but that the player pinged until then. */
  readonly isAsleep?: boolean
}

/** A player reports at least so often, as the API documents: its playhead moves on between two reports. */
const pingIntervalMs = 10_000

/**
 * The content watched after one more step (rule 5.1). A jump is taken to have happened at the step's beginning: what
 * was watched is the stretch of what was played before `toMs`.
 */
export function watch(watched: Watched, { fromMs, toMs, playedMs, isLive, isAsleep = false }: Move): Watched {
  const passedMs = isAsleep ? Math.max(playedMs, pingIntervalMs) : playedMs
  const distance = movement(fromMs, toMs, passedMs, isLive)
  const endMs = positionOf(toMs, isLive)
  if (distance === 0 || endMs === undefined) return watched
  const beginMs = endMs - (isPlayback(distance, passedMs) ? distance : playedMs)
  const isOverMidnight = beginMs < 0 && isLive && fromMs >= 0 && isPlayback(distance, passedMs)
  const untilMidnight = isOverMidnight ? include(watched, dayMs + beginMs, dayMs) : watched
  return include(untilMidnight, Math.max(0, beginMs), endMs)
}

/** Whether the playhead went further in one step than playing would take it, or back. */
export function isJump(fromMs: number, toMs: number, stepMs: number, isLive: boolean): boolean {
  const distance = movement(fromMs, toMs, stepMs, isLive)
  return distance !== 0 && !isPlayback(distance, stepMs)
}

/** Length of the content watched at least once, milliseconds. */
export function watchedMs(watched: Watched): number {
  return watched.reduce((sum, [fromMs, toMs]) => sum + toMs - fromMs, 0)
}

/** Whether a distance is what playing takes the playhead in that time, at some speed. */
export function isPlayback(distanceMs: number, stepMs: number): boolean {
  return distanceMs > 0 && distanceMs <= speedMax * stepMs + jitterMs
}

function include(watched: Watched, fromMs: number, toMs: number): Watched {
  if (toMs <= fromMs) return watched
  const last = watched.at(-1)
  // Nearly always it goes on where it was.
  if (last && last[0] <= fromMs && fromMs <= last[1]) {
    return toMs > last[1] ? watched.with(watched.length - 1, [last[0], toMs]) : watched
  }
  const first = countWhile(watched, ([, end]) => end < fromMs)
  const next = countWhile(watched, ([begin]) => begin <= toMs)
  const begin = Math.min(fromMs, watched[first]?.[0] ?? fromMs)
  const end = Math.max(toMs, watched[next - 1]?.[1] ?? toMs)
  return joinNearest(watched.toSpliced(first, next - first, [begin, end]))
}

/** How many stretches there are in front of the first that is none of those: they are in order, so half of them are left out with each look. */
function countWhile(watched: Watched, isBefore: (stretch: Watched[number]) => boolean): number {
  let [low, high] = [0, watched.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const stretch = watched[middle]
    if (stretch !== undefined && isBefore(stretch)) low = middle + 1
    else high = middle
  }
  return low
}

/** Beyond the bound, the two stretches nearest to each other become one: the least that can be claimed too much. */
function joinNearest(watched: Watched): Watched {
  if (watched.length <= stretchesMax) return watched
  let [nearest, leastMs] = [0, Number.POSITIVE_INFINITY]
  for (let index = 0; index + 1 < watched.length; index += 1) {
    const gapMs = (watched[index + 1]?.[0] ?? 0) - (watched[index]?.[1] ?? 0)
    if (gapMs < leastMs) [nearest, leastMs] = [index, gapMs]
  }
  const [begin, end] = [watched[nearest]?.[0] ?? 0, watched[nearest + 1]?.[1] ?? 0]
  return watched.toSpliced(nearest, 2, [begin, end])
}
