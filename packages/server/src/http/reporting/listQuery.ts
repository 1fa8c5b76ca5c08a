import {
  type Problem,
  type Filter,
  filter as filterSchema,
  ProblemCode,
  findBodyProblems,
  reportDimensions,
} from '@playhead/protocol'
import { moment } from '../../reports/moment.ts'
import { listCursor, listLimitMax } from '../../reports/listSessions.ts'
import type { ResolvedFilter } from '../../reports/query/filterSql.ts'
import { resolveFilters } from '../../reports/query/resolveQuery.ts'
import { integer, type Query, type Reader, parseQuery } from './parseQuery.ts'

/** Longest text that a list is searched for, or narrowed down by, characters. */
const textCharsMax = 1024
/** Longest list of filters, characters of JSON. */
const filtersCharsMax = 8192

/** A range of time is two parameters, epoch milliseconds. */
export const rangeParsers = { from: moment, to: moment }

/** Parameters of a list of sessions besides its dimensions. */
export const listReaders = {
  ...rangeParsers,
  limit: integer(1, listLimitMax),
  before: listCursor,
  q: someText,
  filters: filtersAsJson,
  segments: (value: string): string[] => text(value).split(','),
}

const dimensions = reportDimensions.filter(({ scope, type }) => scope === 'session' && type === 'text')

/** Dimensions are parameters too: every text of a session, and the keys of custom metadata that a request has. */
export function listDimensions(asked: readonly string[]): Record<string, Reader<string>> {
  const keys = asked.filter((name) => /^c\..{1,256}$/su.test(name))
  return Object.fromEntries([...dimensions.map(({ id }) => id), ...keys].map((id) => [id, text]))
}

interface Narrowed {
  readonly filters: Filter[] | undefined
  readonly segments: string[] | undefined
  /** The parameters that are dimensions. */
  readonly equal: Readonly<Record<string, string | undefined>>
}

/** All that a list is narrowed down by, or what is wrong with it. */
export function listFilters(
  { filters = [], segments, equal }: Narrowed,
  problems: Problem[],
): ResolvedFilter[] {
  const equals = Object.entries(equal).flatMap(([dimension, value]): Filter[] =>
    value === undefined ? [] : [{ dimension, operator: 'equals', values: [value] }],
  )
  const resolved = resolveFilters(
    { filters: [...filters, ...equals], ...(segments && { segments }) },
    problems,
  )
  const stranger = resolved.find(({ dimension }) => dimension.scope !== 'session')
  if (stranger === undefined) return resolved
  const message = `${stranger.dimension.id} is known of ${stranger.dimension.scope}s only, a list is about sessions.`
  problems.push({ code: ProblemCode.reportMismatch, pointer: stranger.pointer, message })
  return []
}

interface Range {
  readonly from: number | undefined
  readonly to: number | undefined
}

/** Read the query string of a list that has a range of time, which must not be empty. */
export function parseRangedQuery<R extends typeof rangeParsers & Record<string, Reader<unknown>>>(
  raw: unknown,
  readers: R,
): Query<R> {
  const query = parseQuery(raw, readers)
  const [problem] = query.ok ? emptyRange(query.value) : []
  return problem ? { ok: false, problems: [problem] } : query
}

/** What is wrong with a range of time that has nothing in it. */
export function emptyRange({ from, to }: Range): Problem[] {
  if (from === undefined || to === undefined || from < to) return []
  const message = 'to must be later than from: the range is empty.'
  return [{ code: ProblemCode.queryInvalid, pointer: '', message }]
}

/** A text of bounded length. */
export function text(value: string): string {
  if (value.length <= textCharsMax) return value
  throw new RangeError(`takes ${textCharsMax} characters at most`)
}

/** The same, of at least one character. */
export function someText(value: string): string {
  if (value === '') throw new RangeError('takes at least one character; leave it out to have all')
  return text(value)
}

/** The filters of a query, as JSON in one parameter. */
function filtersAsJson(value: string): Filter[] {
  const list = value.length <= filtersCharsMax ? parsed(value) : undefined
  if (Array.isArray(list) && list.every((one) => findBodyProblems(filterSchema, one).length === 0))
    return list
  throw new RangeError(
    `takes the filters of a query as JSON, ${filtersCharsMax} characters at most: [{"dimension":"contentName","operator":"contains","values":["news"]}]`,
  )
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
