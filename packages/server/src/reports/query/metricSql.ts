import {
  columnOf,
  type MetricDefinition,
  type ReportedAt,
  type ReportMetric,
  significantDigits,
} from '@playhead/protocol'
import type { Params } from './params.ts'
import type { Metric } from './resolveIds.ts'

/** A figure that can be put together from parts: what a metric is finally made of. */
export interface Sum {
  readonly reportedAt: ReportedAt
  /** The aggregate over rows of the source. */
  readonly sql: string
  readonly isVisitors: boolean
}

/** A metric as an expression of its sums. */
export interface MetricPlan {
  readonly sums: readonly Sum[]
  /** @param sums the expressions that the sums have where the metric is shown */
  finish(sums: readonly string[]): string
  /** Of a mean that leaves out what has no value: how many it is over. */
  basis?(sums: readonly string[]): string
}

/** Whether a metric is a mean that leaves out what has no value. The other calculated ones divide by all there are. */
export function isMean(metric: Metric): boolean {
  if (metric.kind === 'calculated') return metric.by.anyOf !== undefined
  return metric.kind === 'plain' && metric.metric.total.startsWith('mean')
}

export function planMetric(asked: Metric, params: Params): MetricPlan {
  switch (asked.kind) {
    case 'plain':
      return planPlain(asked.metric)
    case 'state':
      return planState(asked, params)
    case 'calculated': {
      const [of, by] = [asked.of.map(sumOf), sumOf(asked.by)]
      const scale = (metric: ReportMetric, sum: string) =>
        metric.kind === 'duration' ? `${sum} / 1000` : asNumber(metric, sum)
      return {
        sums: [...of, by],
        ...(isMean(asked) && { basis: (sums: readonly string[]) => sums.at(-1) ?? '' }),
        finish: (sums) => {
          const divisor = sums.at(-1) ?? ''
          const parts = asked.of.map((metric, nth) => `(${scale(metric, sums[nth] ?? '')})`)
          return meanSql(parts.join(' - '), scale(asked.by, divisor), divisor)
        },
      }
    }
  }
}

function planPlain(metric: ReportMetric): MetricPlan {
  const { reportedAt } = metric
  const column = columnOf(metric)
  const sum = (sql: string): Sum => ({ reportedAt, sql, isVisitors: false })
  switch (metric.total) {
    case 'visitors':
      return {
        sums: [{ reportedAt, sql: 'uniqCombined64(visitor_hash)', isVisitors: true }],
        finish: ([visitors]) => `toInt64(${visitors})`,
      }
    case 'mean':
      return {
        sums: [sum(exactSum(`ifNull(${column}, 0)`)), sum(`toInt64(count(${column}))`)],
        finish: ([total, count = '']) => meanSql(`toFloat64(${total})`, count),
        basis: ([, count = '']) => count,
      }
    case 'meanByTime': {
      const time = 'media_time_spent_ms'
      return {
        sums: [
          sum(exactSum(`ifNull(${column}, 0) * ${time}`)),
          sum(`toInt64(sumIf(${time}, ${column} IS NOT NULL))`),
          sum(`toInt64(countIf(${column} IS NOT NULL AND ${time} > 0))`),
        ],
        basis: ([, , count = '']) => count,
        finish: ([total, weight = '']) => meanSql(`toFloat64(${total})`, weight),
      }
    }
    case 'sum':
      return {
        sums: [sumOf(metric)],
        finish: ([total = '']) => (metric.kind === 'duration' ? seconds(total) : asNumber(metric, total)),
      }
  }
}

/** A quotient, null where there is nothing to divide by; rounded as `significant` does. */
function meanSql(dividend: string, divisor: string, count = divisor): string {
  const quotient = `toFloat64((${dividend}) / (${divisor}))`
  return `if(${count} = 0, NULL, toFloat64(printf('%.${significantDigits - 1}e', ${quotient})))`
}

/**
 * Of numbers with a fraction. A sum of floating-point numbers depends on their order, and so on how many threads made
 * it: the same question would get one answer now and another one then. Decimals of fifteen places sum up the same in any
 * order, and with 256 bits whatever was sent has room.
 */
function exactSum(sql: string): string {
  return `sum(toDecimal256(${sql}, 15))`
}

function sumOf(metric: ReportMetric): Sum {
  const { reportedAt, anyOf } = metric
  const column = anyOf ? isAnyThere(anyOf) : columnOf(metric)
  // The sum of nothing is 0, also where every row has no value.
  const sql = hasFraction(metric) ? exactSum(`ifNull(${column}, 0)`) : `toInt64(sum(ifNull(${column}, 0)))`
  return { reportedAt, sql, isVisitors: false }
}

function isAnyThere(values: readonly MetricDefinition[]): string {
  return values.map((value) => `ifNull(${columnOf(value)}, 0) != 0`).join(' OR ')
}

/** These are what players send. */
function hasFraction({ id, kind }: ReportMetric): boolean {
  return kind === 'number' || id === 'timeToStart' || id === 'droppedFrames'
}

function asNumber(metric: ReportMetric, sum: string): string {
  return hasFraction(metric) ? `toFloat64(${sum})` : sum
}

function planState({ name, leaf }: Extract<Metric, { kind: 'state' }>, params: Params): MetricPlan {
  const isIt = `lowerUTF8(state.name) = ${params.add(name.toLowerCase(), 'String')}`
  const figure = {
    set: `arrayExists(state -> ${isIt}, states)`,
    count: `arraySum(state -> if(${isIt}, toInt64(state.count), 0), states)`,
    time: `arraySum(state -> if(${isIt}, state.time_ms, 0), states)`,
  }[leaf]
  return {
    sums: [{ reportedAt: 'sessionClose', sql: `toInt64(sum(${figure}))`, isVisitors: false }],
    finish: ([total]) => (leaf === 'time' ? seconds(total) : `${total}`),
  }
}

/** Milliseconds as whole seconds, rounded half up, once. */
function seconds(total: string | undefined): string {
  return `toInt64(floor(${total} / 1000 + 0.5))`
}
