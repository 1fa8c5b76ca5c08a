import type { ConcurrentQuery, ConcurrentResult, Fault } from '@playhead/protocol'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { activeSessionsSql, changesSql, clippedSql } from './activitySql.ts'
import { type Panel, panelBuckets, rangeOfAnswer } from './resolvePanel.ts'
import type { Store } from '../../store/store.ts'

const grainMs = { second: 1000, minute: 60_000 } as const

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
  faults: Fault[],
): Buckets | undefined {
  return panelBuckets(request.granularity, range, request.grain ?? 'minute', faults)
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
      time: zone.iso(buckets.startMs(row.n)),
      max: row.max,
      min: row.min,
      average: row.sum / row.grains,
    })),
    total: {
      max,
      min: Math.min(...rows.map((row) => row.min)),
      average: rows.reduce((all, row) => all + row.sum, 0) / grains,
      maxAt:
        max > 0 && peak ? zone.iso(Math.max(fromMs, peak.max_at * grainMs[request.grain ?? 'minute'])) : null,
    },
  }
}

/**
 * Sweep over the range: +1 in the grain in which someone comes, -1 in the one after they went. What holds from one
 * change to the next is summed up by interval; each interval begins with a change of 0, so that none is left out.
 */
export function planConcurrent(panel: Panel<ConcurrentQuery>, buckets: Buckets): Statement {
  const { request, range } = panel
  const { grain = 'minute', by = 'visitor' } = request
  const params = new Params()
  const ms = grainMs[grain]
  const active: [string, string] = [
    'toUnixTimestamp64Milli(started_at)',
    'toUnixTimestamp64Milli(last_event_at)',
  ]
  const [from, to] = clippedSql(active, { ...range, toMs: range.toMs - 1 }, params)
  const changes = `[(intDiv(${from}, ${ms}), 1), (intDiv(${to}, ${ms}) + 1, -1)]`
  const sessions = activeSessionsSql(panel, range, params)
  const first = params.add(range.fromMs, 'Int64')
  const begin = `greatest(${buckets.startSql('toInt32(number)', params)}, ${first})`
  const all = `${changesSql(changes, sessions, by === 'visitor' ? 'visitor' : undefined)} UNION ALL SELECT intDiv(${begin}, ${ms}) AS at, toInt64(0) AS change FROM numbers(${buckets.count})`
  const end = Math.floor((range.toMs - 1) / ms) + 1
  const steps = `SELECT at, sum(change) AS change FROM (${all}) WHERE at < ${end} GROUP BY at`
  const levels = `SELECT at, sum(change) OVER (ORDER BY at ROWS UNBOUNDED PRECEDING) AS active, leadInFrame(at, 1, toInt64(${end})) OVER (ORDER BY at ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) - at AS length FROM (${steps})`
  const moment = `fromUnixTimestamp64Milli(greatest(at * ${ms}, ${first}), 'UTC')`
  return {
    sql: `SELECT ${buckets.indexSql(moment, params)} AS n, max(active) AS max, min(active) AS min, sum(active * length) AS sum, sum(length) AS grains, argMax(at, (active, -at)) AS max_at FROM (${levels}) GROUP BY n ORDER BY n`,
    params: params.values,
  }
}
