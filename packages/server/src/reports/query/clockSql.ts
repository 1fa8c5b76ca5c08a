import { type Offset, offsetText, writtenAheadMs } from '@playhead/protocol'
import type { Params } from './params.ts'
import type { Range } from './range.ts'

type Offsets = readonly [Offset, ...Offset[]]

/** What the clock of a range shows, epoch milliseconds as if it were in UTC, at a time in the range given in such, too. */
export function clockSql(ms: string, { zone, fromMs, toMs }: Range, params: Params): string {
  return shiftedSql(ms, zone.offsets(fromMs, toMs), params)
}

/** Parts of so many minutes, from 0, of the day of a clock's time. */
export function partOfDaySql(clock: string, minutes: number): string {
  return `toUInt8(intDiv(positiveModulo(${clock}, 86400000), ${minutes * 60_000}))`
}

/** 1 is Monday, 7 Sunday. 1970 began with a Thursday. */
export function dayOfWeekSql(clock: string): string {
  return `toUInt8(intDiv(positiveModulo(${clock} + 3 * 86400000, 7 * 86400000), 86400000) + 1)`
}

/** A time put forward by the offset that is in force then. */
export function shiftedSql(ms: string, offsets: Offsets, params: Params): string {
  const aheads = offsets.map(({ aheadMs }) => aheadMs)
  return `(${ms} + ${inForceSql(ms, offsets, aheads, 'Int64', params)})`
}

/** A time of the range in ISO 8601, to the second: the same text as `TimeZone.iso`. */
export function isoSql(ms: string, { zone, fromMs, toMs }: Range, params: Params): string {
  const offsets = zone.offsets(fromMs, toMs)
  const [aheads, texts] = [
    offsets.map(({ aheadMs }) => writtenAheadMs(aheadMs)),
    offsets.map(({ aheadMs }) => offsetText(writtenAheadMs(aheadMs))),
  ]
  const clock = `${ms} + ${inForceSql(ms, offsets, aheads, 'Int64', params)}`
  const text = `formatDateTime(fromUnixTimestamp64Milli(${clock}, 'UTC'), '%Y-%m-%dT%H:%i:%S', 'UTC')`
  return `concat(${text}, ${inForceSql(ms, offsets, texts, 'String', params)})`
}

/** Of one value for each offset, the one that belongs to the offset in force at a time. */
function inForceSql(
  ms: string,
  offsets: Offsets,
  values: readonly (number | string)[],
  type: 'Int64' | 'String',
  params: Params,
): string {
  const first = params.add(values[0], type)
  if (offsets.length === 1) return first
  const starts = params.add(
    offsets.map(({ fromMs }) => fromMs),
    'Array(Int64)',
  )
  return `transform(roundDown(${ms}, ${starts}), ${starts}, ${params.add(values, `Array(${type})`)}, ${first})`
}
