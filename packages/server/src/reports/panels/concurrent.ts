import { type ConcurrentQuery, type ConcurrentResult, type Problem, significant } from '@playhead/protocol'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { type Range, rangeProblem } from '../query/range.ts'
import { activeSessionsSql } from './activitySql.ts'
import { changesSql, type Intervals, numberOf } from './changesSql.ts'
import { type Panel, panelBuckets, rangeOfAnswer } from './resolvePanel.ts'
import type { Store } from '../../clickhouse/store.ts'

const grainMs = { second: 1000, minute: 60_000 } as const
/** So that changes of one grain, of whatever sign, are positive numbers of 32 bits. */
const half = 2 ** 31
/** Grains of a range at most, so that the number of each has 32 bits: 136 years of seconds. */
const grainsMax = 4_294_967_295

interface ConcurrentRow {
  readonly n: number
  readonly max: number
  readonly min: number
  readonly sum: number
  readonly grains: number
  readonly max_at: number
}

/** The intervals of the panel; without, it says what is wrong with those asked for. */
export function concurrentBuckets(
  { request, range }: Panel<ConcurrentQuery>,
  problems: Problem[],
): Buckets | undefined {
  const { grain = 'minute', granularity } = request
  if (grainsOf(range, grainMs[grain]).count > grainsMax) {
    problems.push(rangeProblem('/to', `The range has more than ${grainsMax} grains of a ${grain}.`))
    return undefined
  }
  return panelBuckets(granularity, range, grain, problems)
}

/** The grains that a range is in: the number of the first one since 1970, and how many. */
function grainsOf({ fromMs, toMs }: Range, ms: number) {
  const firstAt = Math.floor(fromMs / ms)
  return { firstAt, count: Math.floor((toMs - 1) / ms) + 1 - firstAt }
}

export async function answerConcurrent(
  store: Pick<Store, 'query'>,
  panel: Panel<ConcurrentQuery>,
  buckets: Buckets,
): Promise<ConcurrentResult> {
  const { sql, params } = planConcurrent(panel, buckets)
  const rows = await store.query<ConcurrentRow>(sql, params)
  const { range, request } = panel
  const { zone, fromMs } = range
  const max = Math.max(...rows.map((row) => row.max))
  const peak = rows.find((row) => row.max === max)
  const grains = rows.reduce((all, row) => all + row.grains, 0)
  return {
    ...rangeOfAnswer(range),
    granularity: buckets.granularity,
    rows: rows.map((row) => ({
      start: zone.iso(buckets.startMs(row.n)),
      max: row.max,
      min: row.min,
      average: significant(row.sum / row.grains),
    })),
    total: {
      max,
      min: Math.min(...rows.map((row) => row.min)),
      average: significant(rows.reduce((all, row) => all + row.sum, 0) / grains),
      maxAt:
        max > 0 && peak ? zone.iso(Math.max(fromMs, peak.max_at * grainMs[request.grain ?? 'minute'])) : null,
    },
  }
}

/**
 * Sweep over the range: +1 in the grain in which someone comes, -1 in the one after they went. Each interval is swept by
 * itself, from 0 on, and begins with a change of 0, so that none is left out; how many were there before it is added
 * afterwards.
 */
export function planConcurrent(panel: Panel<ConcurrentQuery>, buckets: Buckets): Statement {
  const { request, range } = panel
  const { grain = 'minute', by = 'visitor' } = request
  const params = new Params()
  const ms = grainMs[grain]
  const { firstAt, count } = grainsOf(range, ms)
  const first = params.add(range.fromMs, 'Int64')
  const begin = `greatest(${buckets.startSql('toInt32(number)', params)}, ${first})`
  const all = [
    changesSql(presenceOf(panel, ms, count, params), by === 'visitor' ? 'visitor_hash' : undefined),
    `SELECT ${numberOf(count)}(intDiv(${begin}, ${ms}) - ${firstAt}) AS at, toInt64(0) AS change FROM numbers(${buckets.count})`,
  ]
  const steps = `SELECT at, sum(change) AS change FROM (${all.join(' UNION ALL ')}) WHERE at < ${count} GROUP BY at`
  const moment = `greatest((toInt64(at) + ${firstAt}) * ${ms}, ${first})`
  // A grain and its change as one number, which is sorted by the grain.
  const code = `bitShiftLeft(toUInt64(at), 32) + toUInt32(change + ${half})`
  const swept = `SELECT
      ${buckets.indexOfMsSql(moment, params)} AS n, toInt64(min(at)) AS begin,
      sum(change) AS net, sum(change * toInt64(at)) AS placed,
      arraySort(groupArray(${code})) AS sorted,
      arrayCumSum(each -> toInt64(bitAnd(each, 4294967295)) - ${half}, sorted) AS active,
      arrayMax(active) AS most, toInt64(bitShiftRight(sorted[indexOf(active, most)], 32)) AS most_at,
      arrayMin(active) AS least
    FROM (${steps})
    GROUP BY n`
  const levels = `SELECT
      n, begin, leadInFrame(begin, 1, ${count}) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS end,
      net, placed, sum(net) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING) - net AS before, most, most_at, least
    FROM (${swept})`
  const sql = `SELECT
      n, before + most AS max, before + least AS min, before * (end - begin) + end * net - placed AS sum,
      end - begin AS grains, most_at + ${firstAt} AS max_at
    FROM (${levels})
    ORDER BY n`
  return { sql, params: params.values }
}

/**
 * The grains in which sessions are there, from the first grain of the range, which is 0. Where the server's clock was set
 * back, the last event came before the first one: such a session is there as it begins.
 */
function presenceOf(panel: Panel<ConcurrentQuery>, ms: number, count: number, params: Params): Intervals {
  const { fromMs, toMs } = panel.range
  const at = (column: string) =>
    `intDiv(least(greatest(toUnixTimestamp64Milli(${column}), ${params.add(fromMs, 'Int64')}), ${params.add(toMs - 1, 'Int64')}), ${ms}) - ${Math.floor(fromMs / ms)}`
  return {
    begins: at('started_at'),
    ends: `greatest(${at('started_at')}, ${at('last_event_at')}) + 1`,
    areMany: false,
    lastEnd: count,
    from: activeSessionsSql(panel, panel.range, params),
  }
}
