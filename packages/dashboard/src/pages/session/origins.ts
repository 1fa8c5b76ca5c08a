import type { Explanation, Interval, Stretch } from './sessionReport.ts'

/** Where a metric comes from: the intervals it is the sum of, or the events that made it what it is. */
export interface Origin {
  readonly intervals: readonly Interval[]
  readonly stretches: readonly Stretch[]
  /** Events by their `seq`. */
  readonly events: readonly number[]
  /** Other metrics that it is the sum of. */
  readonly sumOf: readonly string[]
  /** Of an ad or a chapter: the event it began with, and the one that ended it, if one did. */
  readonly span?: readonly [fromSeq: number, toSeq: number | null]
}

/** Where nothing counted. */
export const nothing: Origin = { intervals: [], stretches: [], events: [], sumOf: [] }

/**
 * The origin of a metric by its id in the catalogue, or of the time of an ad (`ads.1`), a chapter (`chapters.1`) or a
 * player state (`states.mute`); `undefined` where its rule has to do: it is made of others.
 */
export function originOf(metric: string, explanation: Explanation): Origin | undefined {
  const { durations, causes } = explanation
  const [, kind, name] = /^(ads|chapters|states)\.(.+)$/su.exec(metric) ?? []
  if (kind === 'states') {
    const state = explanation.states.find((each) => each.name === name)
    return state && { ...nothing, intervals: state.intervals }
  }
  if (kind === 'ads' || kind === 'chapters') {
    const part = explanation[kind].find(({ ordinal }) => String(ordinal) === name)
    return part && { ...nothing, intervals: part.timeSpent.intervals, span: [part.startSeq, part.endSeq] }
  }
  if (Object.hasOwn(durations, metric)) {
    const sum = durations[metric as keyof typeof durations]
    if ('intervals' in sum) return { ...nothing, intervals: sum.intervals }
    if ('stretches' in sum) return { ...nothing, stretches: sum.stretches }
    return { ...nothing, sumOf: sum.sumOf }
  }
  const events = Object.hasOwn(causes, metric) ? causes[metric] : undefined
  return events && { ...nothing, events }
}

/** The intervals that a metric is made of, those of the metrics it is the sum of too. */
export function intervalsBehind(metric: string, explanation: Explanation): readonly Interval[] {
  const origin = originOf(metric, explanation)
  const parts = (origin?.sumOf ?? []).map((part) => originOf(part, explanation))
  return [origin, ...parts].flatMap((each) => each?.intervals ?? [])
}
