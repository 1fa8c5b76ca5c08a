import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { querySettings } from './settings.ts'

/** Run one query and take all its rows; see `Store.query`. */
export async function queryRows<Row>(
  client: ClickHouseClient,
  sql: string,
  params: Readonly<Record<string, unknown>>,
  seen: ClickHouseSettings,
): Promise<Row[]> {
  assertBindable(params)
  const result = await client.query({
    query: sql,
    query_params: params,
    format: 'JSONEachRow',
    clickhouse_settings: { ...querySettings, ...seen },
  })
  return result.json<Row>()
}

/** What both backends bind alike. Dates are not: give milliseconds. */
export function assertBindable(params: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(params)) {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    const misfit = values.find((each) => !isBindable(each))
    if (misfit !== undefined) throw new TypeError(`query parameter ${name} cannot be bound: ${typeof misfit}`)
  }
}

function isBindable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || ['string', 'boolean', 'bigint'].includes(typeof value)
}
