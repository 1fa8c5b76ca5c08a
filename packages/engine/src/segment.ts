/** Grid of the span of content seen, minutes, as the API documents it. */
export const segmentMinutesDefault = 5
const minuteMs = 60_000

/** Lowest and highest playhead while main content was playing, milliseconds. */
export interface PlayheadRange {
  readonly minMs: number
  readonly maxMs: number
}

/** The range with one more playhead in it. */
export function stretch(range: PlayheadRange | undefined, playheadMs: number): PlayheadRange {
  if (range === undefined) return { minMs: playheadMs, maxMs: playheadMs }
  return { minMs: Math.min(range.minMs, playheadMs), maxMs: Math.max(range.maxMs, playheadMs) }
}

/**
 * The content segment as it is reported: `[0-5]`, `[5-10]`, `[0-15]` on a grid of five minutes (rule 5.3). `originMs` is
 * what live playheads are counted from: the first one on main content.
 */
export function segmentLabel(range: PlayheadRange, originMs: number, gridMinutes: number): string {
  const fromMinutes = Math.max(0, range.minMs - originMs) / minuteMs
  const toMinutes = Math.max(0, range.maxMs - originMs) / minuteMs
  const from = Math.floor(fromMinutes / gridMinutes) * gridMinutes
  const to = Math.max(from + gridMinutes, Math.ceil(toMinutes / gridMinutes) * gridMinutes)
  return `[${from}-${to}]`
}
