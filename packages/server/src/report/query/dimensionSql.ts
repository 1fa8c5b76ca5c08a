import type { Dimension } from './resolveIds.ts'
import type { Params } from './params.ts'
import type { Source } from './sources.ts'
import type { TimeZone } from './timeZone.ts'

/** What a content type that was not sent is reported as. */
const contentTypeMissing = "'missing_content_type'"

/** The value of a dimension in a row; a list as an array. */
export function valueSql(dimension: Dimension, source: Source, zone: TimeZone, params: Params): string {
  const { id, column, key, isDuration } = dimension
  if (key !== undefined) {
    const place = params.add(key, 'String')
    return `if(mapContains(custom_metadata, ${place}), custom_metadata[${place}], NULL)`
  }
  if (id === 'hourOfDay') return `toHour(${source.time}, ${params.add(zone.storeName, 'String')})`
  if (id === 'dayOfWeek') return `toDayOfWeek(${source.time}, 0, ${params.add(zone.storeName, 'String')})`
  if (id === 'contentType') return `ifNull(content_type, ${contentTypeMissing})`
  return isDuration ? `toInt64(floor(${column} / 1000 + 0.5))` : column
}

/** The same to group by: of a list each element has a row, and none where it is empty. */
export function keySql(dimension: Dimension, source: Source, zone: TimeZone, params: Params): string {
  const value = valueSql(dimension, source, zone, params)
  if (dimension.type !== 'list') return value
  return `arrayJoin(emptyArrayToSingle(CAST(arrayDistinct(${value}) AS Array(Nullable(String)))))`
}
