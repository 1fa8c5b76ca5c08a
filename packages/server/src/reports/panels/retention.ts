import { curveMaxS, type RetentionQuery, type RetentionResult, significant } from '@playhead/protocol'
import type { Store } from '../../clickhouse/store.ts'
import { Params, type Statement } from '../query/params.ts'
import { scopeSql } from '../query/planQuery.ts'
import { sources } from '../query/sources.ts'
import { changesSql, numberOf } from './changesSql.ts'
import { type Panel, rangeOfAnswer } from './resolvePanel.ts'

/** Moments of a retention curve at most, and where they are not asked for. */
export const momentsMax = 10_000
const momentsDefault = 100

export async function answerRetention(
  store: Pick<Store, 'query'>,
  panel: Panel<RetentionQuery>,
): Promise<RetentionResult> {
  const { request, range } = panel
  const base = planViewers(panel)
  const [counted] = await store.query<{ viewers: number; length: number | null }>(base.sql, base.params)
  const viewers = counted?.viewers ?? 0
  const sent = counted?.length ?? null
  const length = request.length ?? (sent === null ? null : Math.min(sent, curveMaxS))
  const head = { ...rangeOfAnswer(range), contentId: request.contentId, length, viewers }
  if (length === null) return { ...head, points: [] }
  const moments = momentsOf(length, request.step)
  const { sql, params } = planRetention(panel, moments)
  const rows = await store.query<{ at: number; active: number }>(sql, params)
  return {
    ...head,
    points: rows.map(({ at, active }) => ({
      position: (at * moments.stepMs) / 1000,
      viewers: active,
      share: viewers === 0 ? 0 : significant(active / viewers),
    })),
  }
}

export interface Moments {
  readonly stepMs: number
  readonly count: number
}

/** The moments of a curve: from 0, before the end. Longer steps where there would be too many of them. */
export function momentsOf(length: number, step = Math.max(1, Math.ceil(length / momentsDefault))): Moments {
  const lengthMs = Math.round(length * 1000)
  const stepMs = Math.max(Math.round(step * 1000), Math.ceil(lengthMs / momentsMax))
  return { stepMs, count: Math.ceil(lengthMs / stepMs) }
}

function planViewers(panel: Panel<RetentionQuery>): Statement {
  const params = new Params()
  const viewers =
    panel.request.by === 'session' ? 'countIf(content_starts)' : 'uniqExactIf(visitor_hash, content_starts)'
  return {
    sql: `SELECT ${viewers} AS viewers, maxIf(content_length, content_length > 0) AS length FROM sessions FINAL WHERE ${whereSql(panel, params)}`,
    params: params.values,
  }
}

/** Sweep over the moments: +1 at the first one in a stretch that was watched, -1 at the first one behind it. */
export function planRetention(panel: Panel<RetentionQuery>, { stepMs, count }: Moments): Statement {
  const params = new Params()
  const moments = (side: 1 | 2) =>
    `arrayMap(ms -> least(intDiv(ms + ${stepMs - 1}, ${stepMs}), ${count}), watched.${side})`
  const watched = {
    begins: moments(1),
    ends: moments(2),
    areMany: true,
    lastEnd: count,
    from: `FROM sessions FINAL WHERE ${whereSql(panel, params)}`,
  }
  const who = panel.request.by === 'session' ? undefined : 'visitor_hash'
  const all = `${changesSql(watched, who)} UNION ALL SELECT ${numberOf(count)}(number) AS at, toInt64(0) AS change FROM numbers(${count})`
  return {
    sql: `SELECT at, sum(change) OVER (ORDER BY at ROWS UNBOUNDED PRECEDING) AS active FROM (SELECT at, sum(change) AS change FROM (${all}) WHERE at < ${count} GROUP BY at) ORDER BY at`,
    params: params.values,
  }
}

function whereSql(panel: Panel<RetentionQuery>, params: Params): string {
  const content = `content_id = ${params.add(panel.request.contentId, 'String')}`
  return `${scopeSql(panel, sources.sessionClose, panel, params)} AND ${content}`
}
