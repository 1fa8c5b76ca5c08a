import { type Fault, reportDimensions } from '@playhead/protocol'
import { moment } from '../moment.ts'
import { listLimitMax } from '../report/listSessions.ts'
import { type ResolvedFilter, resolveFilter } from '../report/query/filterSql.ts'
import { integer, type Reader } from './readQuery.ts'

/** Characters of a text that a list is searched for, or narrowed down by. */
const textCharsMax = 1024

/** Parameters of a list of sessions besides its dimensions. */
export const listReaders = {
  limit: integer(1, listLimitMax),
  from: moment,
  to: moment,
  before: text,
  q: text,
}

const dimensions = reportDimensions.filter(({ scope, type }) => scope === 'session' && type === 'text')

/** Dimensions are parameters too: every text of a session, and the keys of custom metadata that a request has. */
export function listDimensions(asked: readonly string[]): Record<string, Reader<string>> {
  const keys = asked.filter((name) => /^c\..{1,256}$/su.test(name))
  return Object.fromEntries([...dimensions.map(({ id }) => id), ...keys].map((id) => [id, text]))
}

/** The parameters that are dimensions, as filters. */
export function listFilters(values: Readonly<Record<string, string | undefined>>): ResolvedFilter[] {
  const faults: Fault[] = []
  return Object.entries(values).flatMap(([dimension, value]) => {
    if (value === undefined) return []
    return resolveFilter({ dimension, operator: 'equals', values: [value] }, '', faults) ?? []
  })
}

function text(value: string): string {
  if (value.length <= textCharsMax) return value
  throw new RangeError(`takes ${textCharsMax} characters at most`)
}
