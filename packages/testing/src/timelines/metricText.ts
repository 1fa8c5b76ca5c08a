import { type sessionMetrics, type ValueKind } from '@playhead/protocol'

export type SessionMetric = (typeof sessionMetrics)[number]

/** A reported value: a metric that is absent is `undefined`, `false` or 0, as its kind may be. */
export type MetricValue = boolean | number | string | readonly string[] | undefined

/** How a result is written in a timeline, and what a metric has that is not written there. */
const notation = {
  flag: { pattern: /^(yes|no)$/, says: 'yes or no', absent: 'no' },
  count: { pattern: /^\d+$/, says: 'a whole number', absent: '0' },
  duration: { pattern: /^\d+$/, says: 'whole seconds', absent: '0' },
  number: { pattern: /^(none|\d+(\.\d+)?)$/, says: 'a number or none', absent: 'none' },
  text: { pattern: /./, says: 'a text or none', absent: 'none' },
  list: { pattern: /./, says: 'texts with commas between them, or none', absent: 'none' },
} as const satisfies Record<ValueKind, { pattern: RegExp; says: string; absent: string }>

/** What is expected of one metric, as it is written; `none`, `no` or 0 where the timeline says nothing. */
export interface ExpectedMetric {
  readonly metric: SessionMetric
  readonly text: string
}

export function unlisted(metric: SessionMetric): ExpectedMetric {
  return { metric, text: notation[metric.kind].absent }
}

/** What is wrong with a result as written, if anything. */
export function problemInText({ kind }: SessionMetric, text: string): string | undefined {
  return notation[kind].pattern.test(text) ? undefined : `expected ${notation[kind].says}, got "${text}"`
}

/**
 * Write a reported value (durations in seconds) the way the timeline writes the expected one, so that the
 * two can be compared as texts: a number gets as many decimals as are expected of it.
 */
export function asWritten({ metric, text }: ExpectedMetric, value: MetricValue): string {
  const { absent } = notation[metric.kind]
  if (value === undefined || value === '') return absent
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return value.length === 0 ? absent : value.join(', ')
  if (typeof value === 'number' && metric.kind === 'number')
    return value.toFixed(text.split('.')[1]?.length ?? 0)
  return String(value)
}
