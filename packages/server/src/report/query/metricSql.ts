import { columnOf, type MetricDefinition, type ReportedAt, type ReportMetric } from '@playhead/protocol'
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
        finish: (sums) => {
          const divisor = sums.at(-1) ?? ''
          const parts = asked.of.map((metric, nth) => `(${scale(metric, sums[nth] ?? '')})`)
          return `if(${divisor} = 0, NULL, (${parts.join(' - ')}) / (${scale(asked.by, divisor)}))`
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
        finish: ([total, count]) => `if(${count} = 0, NULL, toFloat64(${total}) / ${count})`,
      }
    case 'meanByTime': {
      const time = 'media_time_spent_ms'
      return {
        sums: [
          sum(exactSum(`ifNull(${column}, 0) * ${time}`)),
          sum(`toInt64(sumIf(${time}, ${column} IS NOT NULL))`),
        ],
        finish: ([total, weight]) => `if(${weight} = 0, NULL, toFloat64(${total}) / ${weight})`,
      }
    }
    case 'sum':
      return {
        sums: [sumOf(metric)],
        finish: ([total = '']) => (metric.kind === 'duration' ? seconds(total) : asNumber(metric, total)),
      }
  }
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
  const sql = hasFraction(metric) ? exactSum(`ifNull(${column}, 0)`) : `toInt64(sum(${column}))`
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
