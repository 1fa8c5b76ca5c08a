import type { Explanation, Interval, Stretch } from './sessionReport.ts'

/** Where a metric comes from: the intervals it is the sum of, or the events that made it what it is. */
export interface Origin {
  readonly intervals: readonly Interval[]
  readonly stretches: readonly Stretch[]
  /** Events by their `seq`. */
  readonly events: readonly number[]
  /** Other metrics that it is the sum of. */
  readonly sumOf: readonly string[]
}

/** The origin of a metric by its id in the catalogue; `undefined` where its rule has to do: it is made of others. */
export function originOf(metric: string, { durations, causes }: Explanation): Origin | undefined {
  const none = { intervals: [], stretches: [], events: [], sumOf: [] }
  if (Object.hasOwn(durations, metric)) {
    const sum = durations[metric as keyof typeof durations]
    if ('intervals' in sum) return { ...none, intervals: sum.intervals }
    if ('stretches' in sum) return { ...none, stretches: sum.stretches }
    return { ...none, sumOf: sum.sumOf }
  }
  const events = Object.hasOwn(causes, metric) ? causes[metric] : undefined
  return events && { ...none, events }
}
