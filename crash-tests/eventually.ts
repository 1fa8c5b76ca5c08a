import { until } from '@playhead/testing/server/until.ts'

/** How long a condition may take to come true, milliseconds: much, for a store gives itself pauses, and machines are busy. */
export const patienceMs = 180_000

/** Wait for a condition: resolves with the first answer that is neither `undefined` nor `false`. */
export function eventually<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  return until(what, probe, patienceMs)
}
