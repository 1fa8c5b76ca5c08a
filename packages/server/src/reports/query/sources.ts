import type { ReportedAt } from '@playhead/protocol'
import type { Params } from './params.ts'
import type { Range } from './range.ts'

/** Where a metric comes from: a table, and the column of the time at which it is reported. */
export interface Source {
  readonly table: 'sessions' | 'ads' | 'chapters'
  readonly time: string
  /** What has no id is in no report (rules 6.9 and 6.10). */
  readonly isReported: string
}

const named = "content_id != ''"

export const sources: Readonly<Record<ReportedAt, Source>> = {
  sessionStart: { table: 'sessions', time: 'started_at', isReported: named },
  sessionClose: {
    table: 'sessions',
    time: 'assumeNotNull(closed_at)',
    isReported: `closed_at IS NOT NULL AND ${named}`,
  },
  adStart: { table: 'ads', time: 'started_at', isReported: `ad_id != '' AND ${named}` },
  adClose: {
    table: 'ads',
    time: 'assumeNotNull(closed_at)',
    isReported: `closed_at IS NOT NULL AND ad_id != '' AND ${named}`,
  },
  chapterClose: {
    table: 'chapters',
    time: 'assumeNotNull(closed_at)',
    isReported: `closed_at IS NOT NULL AND ${named}`,
  },
}

/** The rows of a source in a range. The bare column is compared, so that its index can be used. */
export function rangeSql(
  { time }: Pick<Source, 'time'>,
  { fromMs, toMs }: Pick<Range, 'fromMs' | 'toMs'>,
  params: Params,
): string {
  const column = time.replace(/^assumeNotNull\((.*)\)$/, '$1')
  const moment = (epochMs: number) => `fromUnixTimestamp64Milli(${params.add(epochMs, 'Int64')}, 'UTC')`
  return `${column} >= ${moment(fromMs)} AND ${column} < ${moment(toMs)}`
}
