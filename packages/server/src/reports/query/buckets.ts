import { dayOf, dayOffsets, type Problem, type Granularity, startOfDay } from '@playhead/protocol'
import { shiftedSql } from './clockSql.ts'
import type { Params } from './params.ts'
import { type Range, rangeProblem } from './range.ts'

/** The intervals of a range, numbered from 0. The first may begin before the range, the last end after it. */
export interface Buckets {
  readonly granularity: Granularity
  readonly count: number
  /** Beginning of an interval, epoch milliseconds; of `count` the end of the last one. */
  startMs(index: number): number
  /** The number of the interval that a column of `DateTime64(3)` lies in. */
  indexSql(column: string, params: Params): string
  /** The same of epoch milliseconds. */
  indexOfMsSql(ms: string, params: Params): string
  /** The beginning of an interval by its number, epoch milliseconds. */
  startSql(index: string, params: Params): string
}

const dayMs = 86_400_000
/** Intervals of equal length, milliseconds. */
export const stepMs: Readonly<Partial<Record<Granularity, number>>> = {
  second: 1000,
  minute: 60_000,
  fiveMinutes: 300_000,
  fifteenMinutes: 900_000,
  halfHour: 1_800_000,
  hour: 3_600_000,
}

/** Intervals of a report's range at most. */
const stepsMax = 1_000_000
/** Days, weeks and months of a report's range at most: they are sent to the store one by one. */
const calendarMax = 10_000

export function bucketsOf(granularity: Granularity, range: Range, problems: Problem[]): Buckets | undefined {
  const step = stepMs[granularity]
  const buckets =
    step === undefined ? calendarBuckets(granularity, range) : evenBuckets(granularity, step, range)
  if (buckets !== undefined && buckets.count <= stepsMax) return buckets
  const max = step === undefined ? calendarMax : stepsMax
  problems.push(rangeProblem('/granularity', `The range has more than ${max} intervals of a ${granularity}.`))
  return undefined
}

function evenBuckets(granularity: Granularity, step: number, { fromMs, toMs, zone }: Range): Buckets {
  const clockMs = zone.clockAt(fromMs)
  const originMs = fromMs - (((clockMs % step) + step) % step)
  const indexOfMsSql = (ms: string, params: Params) =>
    `toInt32(intDiv(${ms} - ${params.add(originMs, 'Int64')}, ${step}))`
  return {
    granularity,
    count: Math.ceil((toMs - originMs) / step),
    startMs: (index) => originMs + index * step,
    indexSql: (column, params) => indexOfMsSql(`toUnixTimestamp64Milli(${column})`, params),
    indexOfMsSql,
    startSql: (index, params) => `(${params.add(originMs, 'Int64')} + ${index} * ${step})`,
  }
}

/** Days, weeks and months of the clock. A day that the calendar left out is no interval. */
function calendarBuckets(granularity: Granularity, range: Range): Buckets | undefined {
  const { fromMs, toMs, zone } = range
  const firstMs = beginning(granularity, zone.clockAt(fromMs))
  const lastMs = zone.clockAt(toMs - 1)
  const clocks = [firstMs]
  while ((clocks.at(-1) ?? lastMs) <= lastMs) {
    if (clocks.length > calendarMax) return undefined
    clocks.push(next(granularity, clocks.at(-1) ?? lastMs))
  }
  const begun = clocks.map((clockMs) => startOfDay(zone, clockMs))
  const leftOut = begun.flatMap((startMs, nth) => (startMs === begun[nth + 1] ? [nth] : []))
  const starts = begun.filter((startMs, nth) => startMs !== begun[nth + 1])
  const first = new Date(firstMs)
  const firstMonth = first.getUTCFullYear() * 12 + first.getUTCMonth() + 1
  const offsets = dayOffsets(zone, starts[0] ?? fromMs, toMs)
  const indexOfMsSql = (ms: string, params: Params) => {
    const clock = shiftedSql(ms, offsets, params)
    if (granularity === 'month') {
      const date = `fromUnixTimestamp64Milli(${clock}, 'UTC')`
      return `toInt32(toYear(${date}) * 12 + toMonth(${date}) - ${firstMonth})`
    }
    const lengthMs = granularity === 'week' ? 7 * dayMs : dayMs
    const index = `toInt32(intDiv(${clock} - ${params.add(firstMs, 'Int64')}, ${lengthMs}))`
    if (leftOut.length === 0) return index
    return `toInt32(${index} - arrayCount(nth -> nth < ${index}, ${params.add(leftOut, 'Array(Int32)')}))`
  }
  return {
    granularity,
    count: starts.length - 1,
    startMs: (index) => starts[index] ?? Number.NaN,
    indexSql: (column, params) => indexOfMsSql(`toUnixTimestamp64Milli(${column})`, params),
    indexOfMsSql,
    startSql: (index, params) => `arrayElement(${params.add(starts, 'Array(Int64)')}, ${index} + 1)`,
  }
}

function beginning(granularity: Granularity, clockMs: number): number {
  const dayStart = dayOf(clockMs)
  const day = new Date(dayStart)
  if (granularity === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)
  return granularity === 'week' ? dayStart - ((day.getUTCDay() + 6) % 7) * dayMs : dayStart
}

function next(granularity: Granularity, clockMs: number): number {
  const day = new Date(clockMs)
  if (granularity === 'month') return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)
  return clockMs + (granularity === 'week' ? 7 : 1) * dayMs
}
