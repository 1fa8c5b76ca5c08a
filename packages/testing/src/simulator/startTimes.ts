import { dayMs } from './content.ts'
import type { Random } from './random.ts'

const hourMs = 3_600_000

/** How busy each hour of the day is (UTC), compared with the others: quiet nights, full evenings. */
const busyness: readonly number[] = [
  8, 5, 3, 2, 2, 3, 5, 9, 11, 10, 9, 10, 13, 12, 11, 11, 13, 17, 22, 28, 30, 27, 20, 13,
]

/**
 * When so many sessions start, in order, spread over the days as people are. One hour is drawn at a time.
 *
 * @param days fractions are welcome
 * @param startMs epoch milliseconds; the times lie from here to `days` later
 */
export function* startTimes(count: number, days: number, startMs: number, random: Random): Generator<number> {
  const endMs = startMs + days * dayMs
  const total = weightBetween(startMs, endMs)
  let [sofar, given] = [0, 0]
  for (let fromMs = startMs; fromMs < endMs;) {
    const toMs = Math.min(endMs, (Math.floor(fromMs / hourMs) + 1) * hourMs)
    sofar += weightBetween(fromMs, toMs)
    const upTo = toMs === endMs ? count : Math.round((count * sofar) / total)
    const from = fromMs
    const times = Array.from({ length: upTo - given }, () => Math.floor(random.between(from, toMs)))
    yield* times.toSorted((a, b) => a - b)
    given = upTo
    fromMs = toMs
  }
}

/** Busyness summed over the hours, and the pieces of hours, of a time span. */
function weightBetween(startMs: number, endMs: number): number {
  let sum = 0
  for (let fromMs = startMs; fromMs < endMs;) {
    const toMs = Math.min(endMs, (Math.floor(fromMs / hourMs) + 1) * hourMs)
    sum += ((toMs - fromMs) / hourMs) * (busyness[Math.floor((fromMs % dayMs) / hourMs)] ?? 0)
    fromMs = toMs
  }
  return sum
}
