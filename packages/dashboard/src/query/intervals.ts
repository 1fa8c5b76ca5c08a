import type { Period } from './period.ts'

/** Lengths that a period can be divided into. */
export const intervals = [
  { granularity: 'minute', lengthMs: 60_000, count: 1, unit: 'minute' },
  { granularity: 'fiveMinutes', lengthMs: 300_000, count: 5, unit: 'minute' },
  { granularity: 'fifteenMinutes', lengthMs: 900_000, count: 15, unit: 'minute' },
  { granularity: 'halfHour', lengthMs: 1_800_000, count: 30, unit: 'minute' },
  { granularity: 'hour', lengthMs: 3_600_000, count: 1, unit: 'hour' },
  { granularity: 'day', lengthMs: 86_400_000, count: 1, unit: 'day' },
] as const
export type Interval = (typeof intervals)[number]

/** Intervals that are drawn at once. */
const drawnMax = 1500

/**
 * Those that a period can be drawn in: two at least, no more than can be told apart, and what it is drawn in where nobody
 * has chosen.
 */
export function intervalsOf({ from, to }: Period, usual: Interval['granularity']): readonly Interval[] {
  const lengthMs = Date.parse(to) - Date.parse(from)
  return intervals.filter((interval) => {
    const drawn = lengthMs / interval.lengthMs
    return interval.granularity === usual || (drawn >= 2 && drawn <= drawnMax)
  })
}
