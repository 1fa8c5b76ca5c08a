import type { TimeSpentQuery, TimeSpentResult } from '@playhead/protocol'
import type { Store } from '../../clickhouse/store.ts'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { toSeconds } from '../renderValues.ts'
import { activeSessionsSql } from './activitySql.ts'
import { boundsSql, overlapSql } from './overlapSql.ts'
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
      start: panel.range.zone.iso(buckets.startMs(n)),
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
  const stretches = {
    begins: 'toUnixTimestamp64Milli(started_at)',
    // Where the server's clock was set back, the last event came before the first one.
    ends: 'toUnixTimestamp64Milli(greatest(started_at, last_event_at))',
    from: activeSessionsSql(panel, panel.range, params),
  }
  const bounds = boundsSql(stretches, panel.range, buckets, panel.range, params)
  return { sql: overlapSql([bounds], buckets, panel.range, params), params: params.values }
}
