import { valuesSql } from './dimensionSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import type { Dimension } from './resolveIds.ts'
import type { Source } from './sources.ts'

/** A combination of values as one number; null is a value of its own. Of a million combinations two are one with a chance of 3 in 10^8. */
export function combinationSql(values: readonly string[]): string {
  return `sipHash64(tuple(${values.map((value) => `isNull(${value}), ifNull(toString(${value}), '')`).join(', ')}))`
}

/** All combinations of the values that dimensions have in a row: an array of such numbers. */
export function combinationsSql(
  dimensions: readonly Dimension[],
  source: Source,
  range: Range,
  params: Params,
): string {
  const names = dimensions.map((_, nth) => `v${nth}`)
  return dimensions.reduceRight((inner, dimension, nth) => {
    const mapped = `arrayMap(v${nth} -> ${inner}, ${valuesSql(dimension, source, range, params)})`
    return nth === dimensions.length - 1 ? mapped : `arrayFlatten(${mapped})`
  }, combinationSql(names))
}
