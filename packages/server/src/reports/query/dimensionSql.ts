import { contentTypeMissing } from '@playhead/protocol'
import { clockSql, dayOfWeekSql, partOfDaySql } from './clockSql.ts'
import type { Dimension } from './resolveIds.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import { sessionValue } from './fromSql.ts'
import type { Source } from './sources.ts'

/**
 * The value of a dimension in a row; a list as an array. What is one whatever its letter case is written as the catalogue
 * writes it, and else in small letters.
 *
 * @param range the row's time is in it
 */
export function valueSql(dimension: Dimension, source: Source, range: Range, params: Params): string {
  const { id, column, key, isDuration, isSent, spellings, type } = dimension
  if (key !== undefined) {
    const place = params.add(key, 'String')
    const own = `nullIf(custom_metadata[${place}], '')`
    // An ad, or a chapter, has its own value, and otherwise its session's.
    return source.table === 'sessions'
      ? own
      : `if(mapContains(custom_metadata, ${place}), ${own}, ${sessionValue(key)})`
  }
  if (id === 'hourOfDay' || id === 'dayOfWeek') {
    const clock = clockSql(`toUnixTimestamp64Milli(${source.time})`, range, params)
    return id === 'hourOfDay' ? partOfDaySql(clock, 60) : dayOfWeekSql(clock)
  }
  if (id === 'contentType')
    return `replaceRegexpOne(lowerUTF8(ifNull(content_type, '')), '^[\\\\s\\\\p{Z}]*$', '${contentTypeMissing}')`
  if (type === 'list' && spellings) return `arrayMap(name -> ${spelledSql('name', spellings)}, ${column})`
  if (isDuration) return `toInt64(floor(${column} / 1000 + 0.5))`
  const value = spellings ? lowerSql(column) : column
  return isSent ? `nullIf(${value}, '')` : value
}

/** All values of a dimension in a row: of a list each element once, or null where it is empty. */
export function valuesSql(dimension: Dimension, source: Source, range: Range, params: Params): string {
  const value = valueSql(dimension, source, range, params)
  if (dimension.type !== 'list') return `[${value}]`
  return `emptyArrayToSingle(CAST(arrayDistinct(${value}) AS Array(Nullable(String))))`
}

/** The value to group by: of a list each element has a row. */
export function keySql(dimension: Dimension, source: Source, range: Range, params: Params): string {
  if (dimension.type !== 'list') return valueSql(dimension, source, range, params)
  return `arrayJoin(${valuesSql(dimension, source, range, params)})`
}

/** Text to be compared without regard to its letter case. */
export function lowerSql(text: string): string {
  return `lowerUTF8(${text})`
}

function spelledSql(text: string, spellings: readonly string[]): string {
  const quoted = (texts: readonly string[]) => `[${texts.map((each) => `'${each}'`).join(', ')}]`
  const small = spellings.map((each) => each.toLowerCase())
  return `transform(${lowerSql(text)}, ${quoted(small)}, ${quoted(spellings)}, ${lowerSql(text)})`
}
