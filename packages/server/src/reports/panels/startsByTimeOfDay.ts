import type { StartsByTimeOfDayQuery, StartsByTimeOfDayResult } from '@playhead/protocol'
import type { Store } from '../../clickhouse/store.ts'
import { clockSql, dayOfWeekSql, partOfDaySql } from '../query/clockSql.ts'
import { Params, type Statement } from '../query/params.ts'
import { scopeSql } from '../query/planQuery.ts'
import { sources } from '../query/sources.ts'
import { type Panel, rangeOfAnswer } from './resolvePanel.ts'

const dayMinutes = 1440
const weekdays = [1, 2, 3, 4, 5, 6, 7]

interface StartsRow {
  readonly weekday: number
  readonly part: number
  readonly media_starts: number
  readonly content_starts: number
}

export async function answerStartsByTimeOfDay(
  store: Pick<Store, 'query'>,
  panel: Panel<StartsByTimeOfDayQuery>,
): Promise<StartsByTimeOfDayResult> {
  const { minutes = 60, byWeekday = false } = panel.request
  const { sql, params } = planStartsByTimeOfDay(panel)
  const rows = await store.query<StartsRow>(sql, params)
  const found = new Map(rows.map((row) => [`${row.weekday} ${row.part}`, row]))
  const parts = Array.from({ length: dayMinutes / minutes }, (_, part) => part)
  return {
    ...rangeOfAnswer(panel.range),
    rows: (byWeekday ? weekdays : [0]).flatMap((weekday) =>
      parts.map((part) => {
        const row = found.get(`${weekday} ${part}`)
        return {
          ...(byWeekday && { weekday }),
          timeOfDay: timeOfDay(part * minutes),
          mediaStarts: row?.media_starts ?? 0,
          contentStarts: row?.content_starts ?? 0,
        }
      }),
    ),
  }
}

export function planStartsByTimeOfDay(panel: Panel<StartsByTimeOfDayQuery>): Statement {
  const { minutes = 60, byWeekday = false } = panel.request
  const params = new Params()
  const clock = clockSql('toUnixTimestamp64Milli(started_at)', panel.range, params)
  const where = scopeSql(panel, sources.sessionStart, panel, params)
  return {
    sql: `SELECT ${byWeekday ? dayOfWeekSql(clock) : '0'} AS weekday, ${partOfDaySql(clock, minutes)} AS part, count() AS media_starts, countIf(content_starts) AS content_starts FROM sessions FINAL WHERE ${where} GROUP BY weekday, part`,
    params: params.values,
  }
}

function timeOfDay(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}
