import type { Watched } from './watched.ts'

/** Shares of the content's length at which a progress marker is set, per cent. */
export const progressMarkers = [10, 25, 50, 75, 95] as const
export type ProgressMarker = (typeof progressMarkers)[number]

/**
 * The highest marker a playhead has reached, or 0 (rule 5.2). Reaching is inclusive, and a jump forward
 * reaches all that it leaps over: the markers below the highest are set with it.
 */
export function markerReached(playheadMs: number, lengthMs: number): ProgressMarker | 0 {
  return progressMarkers.findLast((marker) => playheadMs * 100 >= marker * lengthMs) ?? 0
}

/** Whether a marker lies in what was watched, and was not just leapt over. */
export function isWatchedMarker(watched: Watched, marker: ProgressMarker, lengthMs: number): boolean {
  return watched.some(
    ([fromMs, toMs]) => fromMs * 100 <= marker * lengthMs && marker * lengthMs <= toMs * 100,
  )
}
