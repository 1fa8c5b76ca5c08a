import { type ClickHouseSettings, SettingsMap } from '@clickhouse/client'
import { escaped } from './setStatement.ts'

/**
 * The setting that lets a statement see the rows of some report suites only, whatever it says: the engine adds the
 * condition to each of the tables, also where a subquery reads them. A session with several suites belongs to each.
 * Rows of `events` and `diagnostics` know no suite; they are found by their session.
 */
export function seenSuites(suites: readonly string[]): ClickHouseSettings {
  const list = suites.map((suite) => `'${escaped(suite)}'`).join(', ')
  // An empty list has no type of its own.
  const ofThose = (named: string) =>
    `hasAny(arrayMap(suite -> trim(suite), splitByChar(',', ${named})), CAST([${list}], 'Array(String)'))`
  const ofSession = ofThose("ifNull(report_suite, '')")
  // A refused start says itself what it was for, as far as its body was kept; an event belongs to its session.
  const start = `JSONExtractString(if(startsWith(body, '['), JSONExtractRaw(body, 1), body), 'params', 'analytics.reportSuite')`
  // Read by way of `merge`, which knows nothing of this filter: it would ask itself without end.
  const refusedOfThose = `sid IN (SELECT sid FROM sessions WHERE sid IN (SELECT sid FROM merge(currentDatabase(), '^refusals$')))`
  const filters = {
    sessions: ofSession,
    ads: ofSession,
    chapters: ofSession,
    refusals: `if(sid = '', ${ofThose(start)}, ${refusedOfThose})`,
  }
  return {
    additional_table_filters: SettingsMap.from(
      Object.fromEntries(Object.entries(filters).map(([table, sql]) => [table, escaped(sql)])),
    ),
  }
}
