import { heldMs } from './stall.ts'
import type { SessionState } from './state.ts'

/**
 * When something played: half-open stretches in milliseconds after the session's start, by the device's clock, in the
 * order in which they were attributed. They sum up to the time that was attributed.
 */
export type Played = readonly (readonly [fromMs: number, toMs: number])[]

/** Stretches kept of one session; beyond it time is put right behind the last one, so that the sum stays exact. */
export const playedMax = 1000

/** Write down when the time was played that a step has added to the totals, or taken back from them for a stall. */
export function notePlayed(before: SessionState, state: SessionState, tsMs: number): void {
  const endMs = tsMs - state.life.clock.startTsMs
  state.contentPlayed = follow(state.contentPlayed, contentMs(state) - contentMs(before), endMs)
  state.adPlayed = follow(state.adPlayed, state.totals.adTimeMs - before.totals.adTimeMs, endMs)
}

/** What is held back for a verdict counts as played until then, as it does in the totals that are reported. */
function contentMs(state: SessionState): number {
  return state.totals.contentTimeMs + heldMs(state)
}

/** A step's time was played at its end: what a stall has of it comes before. */
function follow(played: Played, addedMs: number, endMs: number): Played {
  if (addedMs === 0) return played
  if (addedMs < 0) return cut(played, -addedMs)
  const [last, fromMs] = [played.at(-1), endMs - addedMs]
  if (last !== undefined && (last[1] === fromMs || played.length >= playedMax)) {
    return played.with(played.length - 1, [last[0], last[1] + addedMs])
  }
  return [...played, [fromMs, endMs]]
}

/** Take time away from the end: what turned out to be a stall was attributed last. */
function cut(played: Played, cutMs: number): Played {
  let [left, count] = [cutMs, played.length]
  for (; count > 0; count -= 1) {
    const [fromMs, toMs] = played[count - 1] ?? [0, 0]
    if (toMs - fromMs > left) return [...played.slice(0, count - 1), [fromMs, toMs - left]]
    left -= toMs - fromMs
  }
  return []
}
