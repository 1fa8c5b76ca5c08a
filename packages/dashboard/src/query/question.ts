import type { FilterOperator, ReportQuery } from '@playhead/protocol/reporting'
import { comparedPeriod, type Period } from './period.ts'
import type { Operator, View } from './view.ts'

/** What every question has: which sessions, and when. */
export type Range = Pick<ReportQuery, 'from' | 'to' | 'timeZone' | 'filters' | 'segments'>

const operatorNames: Readonly<Record<Operator, FilterOperator>> = {
  is: 'equals',
  'is-not': 'notEquals',
  contains: 'contains',
}

/** A view in the terms of the reporting API. */
export function rangeOf({ timeZone, filters, segment }: View, { from, to }: Period): Range {
  return {
    from,
    to,
    timeZone,
    ...(filters.length > 0 && {
      filters: filters.map(({ dimension, operator, value }) => ({
        dimension,
        operator: operatorNames[operator],
        values: [value],
      })),
    }),
    ...(segment !== undefined && { segments: [segment] }),
  }
}

/** A question about what a view looks at, and what it is compared with. */
export function questionOf(
  view: View,
  period: Period,
  ask: Omit<ReportQuery, keyof Range | 'compareTo'>,
): ReportQuery {
  const before = comparedPeriod(period, view.compare, view.timeZone)
  return { ...ask, ...rangeOf(view, period), ...(before && { compareTo: before.from }) }
}

/** Whether a question is another one again, of a period as long that begins at some other time. */
export function isMovedOn(before: ReportQuery | Range, now: ReportQuery | Range): boolean {
  const untimed = ({ from, to, ...rest }: ReportQuery | Range): string =>
    JSON.stringify({ ...rest, compareTo: 'compareTo' in rest, ms: Date.parse(to) - Date.parse(from) })
  return untimed(before) === untimed(now)
}
