import type { Series } from '../charts/series.ts'

/** Hours, minutes or seconds: what the most of them is written in. */
export function secondsUnitOf(series: readonly Series[]): number {
  const most = series.reduce(
    (max, { points }) => points.reduce((high, { y }) => Math.max(high, y ?? 0), max),
    0,
  )
  return most >= 7200 ? 3600 : most >= 120 ? 60 : 1
}
