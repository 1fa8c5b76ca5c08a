import { clockSql, dayOfWeekSql, partOfDaySql } from './clockSql.ts'
import type { Dimension } from './resolveIds.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import type { Source } from './sources.ts'

/** What a content type that was not sent is reported as. */
const contentTypeMissing = "'missing_content_type'"

/**
 * The value of a dimension in a row; a list as an array.
 *
 * @param range the row's time is in it
 */
export function valueSql(dimension: Dimension, source: Source, range: Range, params: Params): string {
  const { id, column, key, isDuration } = dimension
  if (key !== undefined) {
    const place = params.add(key, 'String')
    return `if(mapContains(custom_metadata, ${place}), custom_metadata[${place}], NULL)`
  }
  if (id === 'hourOfDay' || id === 'dayOfWeek') {
    const clock = clockSql(`toUnixTimestamp64Milli(${source.time})`, range, params)
    return id === 'hourOfDay' ? partOfDaySql(clock, 60) : dayOfWeekSql(clock)
  }
  if (id === 'contentType') return `ifNull(content_type, ${contentTypeMissing})`
  return isDuration ? `toInt64(floor(${column} / 1000 + 0.5))` : column
}

/** The same to group by: of a list each element has a row, and none where it is empty. */
export function keySql(dimension: Dimension, source: Source, range: Range, params: Params): string {
  const value = valueSql(dimension, source, range, params)
  if (dimension.type !== 'list') return value
  return `arrayJoin(emptyArrayToSingle(CAST(arrayDistinct(${value}) AS Array(Nullable(String)))))`
}
