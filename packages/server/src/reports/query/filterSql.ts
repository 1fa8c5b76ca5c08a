import type { Problem, Filter, FilterOperator } from '@playhead/protocol'
import { ProblemCode } from '@playhead/protocol'
import { lowerSql, valueSql } from './dimensionSql.ts'
import type { Params } from './params.ts'
import type { Range } from './range.ts'
import { type Dimension, resolveDimension } from './resolveIds.ts'
import type { Source } from './sources.ts'

/** A filter that is right by itself. */
export interface ResolvedFilter {
  readonly dimension: Dimension
  readonly operator: FilterOperator
  readonly values: readonly (boolean | number | string)[]
  readonly pointer: string
}

/** Values of one filter of a report. */
const valuesMax = 1000
const orders = { lessThan: '<', atMost: '<=', greaterThan: '>', atLeast: '>=' } as const
const typeOfValues = { text: 'string', list: 'string', number: 'number', flag: 'boolean' } as const

export function resolveFilter(
  filter: Filter,
  pointer: string,
  problems: Problem[],
): ResolvedFilter | undefined {
  const { operator, values = [] } = filter
  const dimension = resolveDimension(filter.dimension, `${pointer}/dimension`, problems)
  if (dimension === undefined) return undefined
  const refuse = (member: string, message: string): undefined => {
    problems.push({ code: ProblemCode.reportMismatch, pointer: `${pointer}/${member}`, message })
  }
  const isNumber = dimension.type === 'number'
  if (operator === 'exists' || operator === 'notExists') {
    if (values.length > 0) return refuse('values', `${operator} takes no values.`)
  } else if (values.length === 0 || values.length > valuesMax) {
    return refuse('values', `${operator} takes 1 to ${valuesMax} values.`)
  }
  if (operator in orders && (!isNumber || values.length !== 1)) {
    return refuse('operator', `${operator} takes one number, and a dimension that is a number.`)
  }
  const isText = dimension.type === 'text' || dimension.type === 'list'
  if (!isText && /^(contains|notContains|.*With|.*IgnoringCase)$/.test(operator)) {
    return refuse('operator', `${operator} is for texts; ${dimension.id} is a ${dimension.type}.`)
  }
  const wanted = typeOfValues[dimension.type]
  const wrong = values.findIndex((value) => typeof value !== wanted)
  if (wrong !== -1) {
    return refuse(`values/${wrong}`, `${dimension.id} is compared with values of the type ${wanted}.`)
  }
  return { dimension, operator, values, pointer }
}

/** A condition that is 0 or 1, never null. */
export function filterSql(filter: ResolvedFilter, source: Source, range: Range, params: Params): string {
  const { dimension } = filter
  const value = valueSql(dimension, source, range, params)
  const operator = filter.operator.replace(/^not(.)/, (_, first: string) => first.toLowerCase())
  const isNegated = operator !== filter.operator
  const condition =
    dimension.type === 'list'
      ? listSql(operator, filter, value, params)
      : `ifNull(${conditionSql(operator, filter, value, params)}, 0)`
  return isNegated ? `NOT ${condition}` : condition
}

function listSql(operator: string, filter: ResolvedFilter, list: string, params: Params): string {
  if (operator === 'exists') return `notEmpty(${list})`
  return `arrayExists(element -> ${conditionSql(operator, filter, 'element', params)}, ${list})`
}

function conditionSql(
  operator: string,
  { dimension, values }: ResolvedFilter,
  value: string,
  params: Params,
): string {
  const isCaseless = dimension.spellings !== undefined || operator === 'equalsIgnoringCase'
  const folded = (text: string) => (isCaseless ? lowerSql(text) : text)
  const anyOf = (make: (place: string) => string) =>
    `(${values.map((each) => make(params.add(each, 'String'))).join(' OR ')})`
  switch (operator) {
    case 'exists':
      return `${value} IS NOT NULL`
    case 'equals':
    case 'equalsIgnoringCase': {
      const wanted = params.add(values, `Array(${storeTypes[dimension.type]})`)
      // Both by the store: letters are made small in more than one way.
      return isCaseless
        ? `has(arrayMap(each -> ${lowerSql('each')}, ${wanted}), ${lowerSql(value)})`
        : `${value} IN ${wanted}`
    }
    case 'contains':
      return anyOf((place) => `positionCaseInsensitiveUTF8(${value}, ${place}) > 0`)
    case 'startsWith':
      return anyOf((place) => `startsWith(${folded(value)}, ${folded(place)})`)
    case 'endsWith':
      return anyOf((place) => `endsWith(${folded(value)}, ${folded(place)})`)
    default:
      return `${value} ${orders[operator as keyof typeof orders]} ${params.add(values[0], 'Float64')}`
  }
}

const storeTypes = { text: 'String', list: 'String', number: 'Float64', flag: 'Bool' } as const
