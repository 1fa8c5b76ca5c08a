import type { TimeSpentQuery, TimeSpentResult } from '@playhead/protocol'
import type { Store } from '../../store/store.ts'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { toSeconds } from '../renderValues.ts'
import { activeSessionsSql, clippedSql, overlapSql } from './activitySql.ts'
import { type Panel, rangeOfAnswer } from './resolvePanel.ts'

export interface OverlapRow {
  readonly n: number
  readonly ms: number
  readonly length_ms: number
}

export async function answerTimeSpent(
  store: Pick<Store, 'query'>,
  panel: Panel<TimeSpentQuery>,
  buckets: Buckets,
): Promise<TimeSpentResult> {
  const { sql, params } = planTimeSpent(panel, buckets)
  const rows = await store.query<OverlapRow>(sql, params)
  const all = rows.map(({ ms }) => ms)
  return {
    ...rangeOfAnswer(panel.range),
    granularity: buckets.granularity,
    rows: rows.map(({ n, ms }) => ({
      time: panel.range.zone.iso(buckets.startMs(n)),
      seconds: toSeconds(ms),
    })),
    total: {
      sum: toSeconds(all.reduce((sum, ms) => sum + ms, 0)),
      max: toSeconds(Math.max(...all)),
      min: toSeconds(Math.min(...all)),
    },
  }
}

export function planTimeSpent(panel: Panel<TimeSpentQuery>, buckets: Buckets): Statement {
  const params = new Params()
  const active: [string, string] = [
    'toUnixTimestamp64Milli(started_at)',
    'toUnixTimestamp64Milli(last_event_at)',
  ]
  const [from, to] = clippedSql(active, panel.range, params)
  const stretches = `SELECT ${from} AS from_ms, ${to} AS to_ms ${activeSessionsSql(panel, panel.range, params)}`
  return { sql: overlapSql(stretches, buckets, panel.range, params), params: params.values }
}
