import { lowerSql } from './dimensionSql.ts'
import type { Params } from './params.ts'
import type { ResolvedQuery } from './resolveQuery.ts'
import type { Dimension } from './resolveIds.ts'
import { rangeSql } from './sources.ts'

/** How long before it is reported a value may have been sent first: a session lives a day, and is closed behind it. */
const lookBackMs = 7 * 86_400_000

/**
 * The rows of a query, in which values that are one whatever their letter case are written as who sent them first did. The
 * catalogue's have their own way already. What is looked for does not depend on filters, so that a value has one name.
 */
export function namedSql(query: ResolvedQuery, from: string, params: Params): string {
  const caseless = query.dimensions.flatMap((dimension, nth) =>
    dimension.spellings ? [{ dimension, nth }] : [],
  )
  return caseless.reduce((rows, { dimension, nth }) => {
    const names = spellingsSql(dimension, query, params)
    return `SELECT * EXCEPT (d${nth}, small, spelling), if(spelling = '', d${nth}, spelling) AS d${nth} FROM (${rows}) AS named LEFT JOIN (${names}) AS spellings ON named.d${nth} = spellings.small`
  }, from)
}

/** How values that the catalogue does not know are written: columns `small` and `spelling`. */
function spellingsSql(
  { column, type, spellings = [] }: Dimension,
  { current, previous }: ResolvedQuery,
  params: Params,
): string {
  const ranges = [current, ...(previous ? [previous] : [])].map(({ range }) => range)
  const began = rangeSql(
    { time: 'started_at' },
    {
      fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)) - lookBackMs,
      toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
    },
    params,
  )
  const value = type === 'list' ? `arrayJoin(${column})` : column
  const sent = `SELECT ${value} AS value, min(started_at) AS at FROM sessions WHERE ${began} GROUP BY value`
  const known = params.add(
    spellings.map((each) => each.toLowerCase()),
    'Array(String)',
  )
  return `SELECT ${lowerSql('text')} AS small, argMin(text, (at, text)) AS spelling FROM (SELECT ifNull(toString(value), '') AS text, at FROM (${sent})) WHERE small NOT IN ${known} GROUP BY small`
}
