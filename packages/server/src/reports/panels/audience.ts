import { type AudienceQuery, type AudienceResult, significant } from '@playhead/protocol'
import type { Row } from '../../projection/rows/row.ts'
import type { Store } from '../../clickhouse/store.ts'
import type { Buckets } from '../query/buckets.ts'
import { Params, type Statement } from '../query/params.ts'
import { scopeSql } from '../query/planQuery.ts'
import { sources } from '../query/sources.ts'
import { toSeconds } from '../renderValues.ts'
import type { Range } from '../query/range.ts'
import { activeSessionsSql } from './activitySql.ts'
import { boundsSql, overlapSql } from './overlapSql.ts'
import { quarterBoundsSql, wholeQuarters } from './quartersSql.ts'
import { type Panel, rangeOfAnswer } from './resolvePanel.ts'
import type { OverlapRow } from './timeSpent.ts'

/** By how much the device's clock may place what was played outside of the session's time on the server. */
const clockMarginMs = 86_400_000
const contentsDefault = 100

/** Time played in each interval by the minutes of it. */
export async function answerAudienceOfPeriod(
  store: Pick<Store, 'query'>,
  panel: Panel<AudienceQuery>,
  buckets: Buckets,
): Promise<AudienceResult> {
  const { sql, params } = planAudienceOfPeriod(panel, buckets)
  const rows = await store.query<OverlapRow>(sql, params)
  const audiences = rows.map(({ ms, length_ms: lengthMs }) => significant(ms / lengthMs))
  const { range } = panel
  return {
    ...rangeOfAnswer(range),
    granularity: buckets.granularity,
    rows: rows.map(({ n, ms, length_ms: lengthMs }) => ({
      start: range.zone.iso(buckets.startMs(n)),
      seconds: toSeconds(ms),
      audience: significant(ms / lengthMs),
    })),
    total: {
      average: significant(rows.reduce((sum, { ms }) => sum + ms, 0) / (range.toMs - range.fromMs)),
      max: Math.max(...audiences),
      min: Math.min(...audiences),
    },
  }
}

/** Whole quarter hours as the store has put them together; what is left at the ends of the range from the stretches. */
export function planAudienceOfPeriod(panel: Panel<AudienceQuery>, buckets: Buckets): Statement {
  const params = new Params()
  const { range, request } = panel
  const columns = request.of === 'media' ? ['content', 'ad'] : ['content']
  const active = (part: Range) => activeSessionsSql(panel, part, params, clockMarginMs)
  const whole = wholeQuarters(range, buckets)
  const quarters = whole
    ? columns.map((column) =>
        quarterBoundsSql(`${column}_quarters`, active(whole), whole, buckets, range, params),
      )
    : []
  const rests = whole
    ? [
        { ...range, toMs: whole.fromMs },
        { ...range, fromMs: whole.toMs },
      ].filter(({ fromMs, toMs }) => fromMs < toMs)
    : [range]
  const bound = (column: string, side: 1 | 2) =>
    `arrayJoin(${column}_played.${side}) + toUnixTimestamp64Milli(started_at)`
  const bounds = rests.flatMap((part) =>
    columns.map((column) => {
      const stretches = { begins: bound(column, 1), ends: bound(column, 2), from: active(part) }
      return boundsSql(stretches, part, buckets, range, params)
    }),
  )
  return { sql: overlapSql([...quarters, ...bounds], buckets, range, params), params: params.values }
}

/** Time played of each content by its length. */
export async function answerAudienceOfContents(
  store: Pick<Store, 'query'>,
  panel: Panel<AudienceQuery>,
): Promise<AudienceResult> {
  const { sql, params } = planAudienceOfContents(panel)
  const rows = await store.query<Row>(sql, params)
  return {
    ...rangeOfAnswer(panel.range),
    contents: rows.map((row) => ({
      contentId: String(row['content_id']),
      contentName: row['name'] as string | null,
      length: row['length'] as number | null,
      seconds: toSeconds(Number(row['ms'])),
      audience: row['audience'] === null ? null : significant(Number(row['audience'])),
    })),
  }
}

export function planAudienceOfContents(panel: Panel<AudienceQuery>): Statement {
  const params = new Params()
  const { range, request } = panel
  const time = request.of === 'media' ? 'media_time_spent_ms' : 'content_time_spent_ms'
  const length =
    request.length === undefined
      ? 'maxIf(content_length, content_length > 0)'
      : params.add(request.length, 'Float64')
  const where = scopeSql(panel, sources.sessionClose, { range }, params)
  return {
    sql: `SELECT content_id, argMax(content_name, closed_at) AS name, ${length} AS length, toInt64(sum(${time})) AS ms, ms / 1000 / length AS audience FROM sessions FINAL WHERE ${where} GROUP BY content_id ORDER BY audience DESC NULLS LAST, content_id LIMIT ${params.add(request.limit ?? contentsDefault, 'UInt32')}`,
    params: params.values,
  }
}
