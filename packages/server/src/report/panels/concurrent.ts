import type { ConcurrentQuery, ConcurrentResult, Fault } from '@playhead/protocol'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { activeSessionsSql, overlapsSql } from './activitySql.ts'
import { type Panel, panelBuckets, rangeOfAnswer } from './resolvePanel.ts'
import type { Store } from '../../store/store.ts'

const grainMs = { second: 1000, minute: 60_000 } as const
/** So that changes of one grain, of whatever sign, are positive numbers of 32 bits. */
const half = 2 ** 31

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
 * Sweep over the range: +1 in the grain in which someone comes, -1 in the one after they went. Each interval is swept by
 * itself, from 0 on, and begins with a change of 0, so that none is left out; how many were there before it is added
 * afterwards.
 */
export function planConcurrent(panel: Panel<ConcurrentQuery>, buckets: Buckets): Statement {
  const { request, range } = panel
  const { grain = 'minute', by = 'visitor' } = request
  const params = new Params()
  const ms = grainMs[grain]
  const firstAt = Math.floor(range.fromMs / ms)
  const count = Math.floor((range.toMs - 1) / ms) + 1 - firstAt
  const presence = presenceOf(panel, ms, params)
  const first = params.add(range.fromMs, 'Int64')
  const begin = `greatest(${buckets.startSql('toInt32(number)', params)}, ${first})`
  const number = place(count)
  const all = [
    eachSql(presence, number),
    ...(by === 'visitor' ? [`SELECT ${number}(at) AS at, change FROM (${twiceSql(presence, ms)})`] : []),
    `SELECT ${number}(intDiv(${begin}, ${ms}) - ${firstAt}) AS at, toInt64(0) AS change FROM numbers(${buckets.count})`,
  ]
  const steps = `SELECT at, sum(change) AS change FROM (${all.join(' UNION ALL ')}) WHERE at < ${count} GROUP BY at`
  const moment = `greatest((toInt64(at) + ${firstAt}) * ${ms}, ${first})`
  // A grain and its change as one number, which is sorted by the grain.
  const code = `bitShiftLeft(toUInt64(at), 32) + toUInt32(change + ${half})`
  const swept = `SELECT ${buckets.indexOfMsSql(moment, params)} AS n, toInt64(min(at)) AS begin, sum(change) AS net, sum(change * toInt64(at)) AS placed, arraySort(groupArray(${code})) AS sorted, arrayCumSum(each -> toInt64(bitAnd(each, 4294967295)) - ${half}, sorted) AS active, arrayMax(active) AS most, toInt64(bitShiftRight(sorted[indexOf(active, most)], 32)) AS most_at, arrayMin(active) AS least FROM (${steps}) GROUP BY n`
  const levels = `SELECT n, begin, leadInFrame(begin, 1, ${count}) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS end, net, placed, sum(net) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING) - net AS before, most, most_at, least FROM (${swept})`
  return {
    sql: `SELECT n, before + most AS max, before + least AS min, before * (end - begin) + end * net - placed AS sum, end - begin AS grains, most_at + ${firstAt} AS max_at FROM (${levels}) ORDER BY n`,
    params: params.values,
  }
}

/** The first and the last grain in which a session is there, from the first grain of the range, which is 0. */
interface Presence {
  readonly firstAt: string
  readonly lastAt: string
  /** `FROM` and `WHERE`. */
  readonly from: string
}

function presenceOf(panel: Panel<ConcurrentQuery>, ms: number, params: Params): Presence {
  const { fromMs, toMs } = panel.range
  const at = (column: string) =>
    `intDiv(least(greatest(toUnixTimestamp64Milli(${column}), ${params.add(fromMs, 'Int64')}), ${params.add(toMs - 1, 'Int64')}), ${ms}) - ${Math.floor(fromMs / ms)}`
  return {
    firstAt: at('started_at'),
    lastAt: at('last_event_at'),
    from: activeSessionsSql(panel, panel.range, params),
  }
}

/** The number of a grain by as few bits as will do: ClickHouse groups by 16 bits without hashing. */
function place(count: number): string {
  return count < 65_536 ? 'toUInt16' : count < 2 ** 32 ? 'toUInt32' : 'toInt64'
}

function eachSql({ firstAt, lastAt, from }: Presence, number: string): string {
  const steps = `arrayJoin([(${number}(${firstAt}), toInt8(1)), (${number}(${lastAt} + 1), toInt8(-1))])`
  return `SELECT step.1 AS at, toInt64(step.2) AS change FROM (SELECT ${steps} AS step ${from})`
}

/**
 * What viewers are counted too often by for being there in several sessions at once. Only few are, and only they have
 * all their sessions put in order: others are known by 64 bits, one for each 64 grains, again and again. Sessions that
 * share a grain share a bit, so who has as many bits as all of their sessions together has none that do.
 */
function twiceSql({ firstAt, lastAt, from }: Presence, ms: number): string {
  const last = 'toUInt8(least(last_part - first_part, 63))'
  const mask = `bitRotateLeft(bitShiftRight(toUInt64(18446744073709551615), toUInt8(63 - ${last})), toUInt8(first_part % 64))`
  const part = (column: string) => `intDiv(toUnixTimestamp64Milli(${column}), ${64 * ms})`
  const several = `SELECT visitor_hash FROM (SELECT visitor_hash, ${part('started_at')} AS first_part, ${part('last_event_at')} AS last_part, ${mask} AS mask ${from}) GROUP BY visitor_hash HAVING bitCount(groupBitOr(mask)) < sum(bitCount(mask))`
  return overlapsSql(
    `[(${firstAt}, 1), (${lastAt} + 1, -1)]`,
    `${from} AND visitor_hash IN (${several})`,
    'visitor_hash',
  )
}
