import { type ClickHouseSettings, SettingsMap } from '@clickhouse/client'
import { escaped } from './setStatement.ts'

/** Tables that know the report suite of their rows; those of `events` and `diagnostics` are found by their session. */
const tables = ['sessions', 'ads', 'chapters'] as const

/**
 * The setting that lets a statement see the rows of some report suites only, whatever it says: the engine adds the
 * condition to each of the tables, also where a subquery reads them. A session with several suites belongs to each.
 */
export function seenSuites(suites: readonly string[]): ClickHouseSettings {
  const list = suites.map((suite) => `'${escaped(suite)}'`).join(', ')
  const named = "arrayMap(suite -> trim(suite), splitByChar(',', ifNull(report_suite, '')))"
  // An empty list has no type of its own.
  const condition = `hasAny(${named}, CAST([${list}], 'Array(String)'))`
  const filters = Object.fromEntries(tables.map((table) => [table, escaped(condition)]))
  return { additional_table_filters: SettingsMap.from(filters) }
}
