import type { Store } from '../../clickhouse/store.ts'

/** What reports sum up to over all sessions; durations are milliseconds. */
export interface Totals {
  readonly sessions: number
  readonly contentStarts: number
  readonly contentTimeSpentMs: number
  readonly mediaTimeSpentMs: number
  readonly adStarts: number
  readonly chapterStarts: number
}

/** @param sids of these sessions alone; without, of all there are */
export async function totalsOf(store: Store, sids?: readonly string[]): Promise<Totals> {
  const where = sids === undefined ? '' : 'WHERE sid IN {sids:Array(String)}'
  const sql = `
    SELECT
      count() AS sessions,
      countIf(content_starts) AS contentStarts,
      sum(content_time_spent_ms) AS contentTimeSpentMs,
      sum(media_time_spent_ms) AS mediaTimeSpentMs,
      (SELECT count() FROM ads ${where}) AS adStarts,
      (SELECT count() FROM chapters ${where}) AS chapterStarts
    FROM sessions ${where}`
  const [totals] = await store.query<Totals>(sql, sids && { sids })
  if (totals === undefined) throw new Error('a sum has one row')
  return totals
}
