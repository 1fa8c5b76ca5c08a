import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client'

const brokenSql = `
  SELECT table, toUInt32(count()) AS parts FROM system.detached_parts
  WHERE database = currentDatabase() AND reason LIKE 'broken%'
  GROUP BY table ORDER BY table`

/**
 * What ClickHouse could not read when it started: it sets such pieces of a table aside and goes on without a word, and
 * without their rows. Answers in one line, `undefined` where there are none; a server may not let us look.
 */
export async function findBrokenParts(client: ClickHouseClient): Promise<string | undefined> {
  try {
    const result = await client.query({ query: brokenSql, format: 'JSONEachRow' })
    const broken = await result.json<{ table: string; parts: number }>()
    if (broken.length === 0) return undefined
    const tables = broken.map(({ table, parts }) => `${parts} of ${table}`).join(', ')
    return `pieces of tables are broken and set aside, their rows are missing: ${tables}`
  } catch (error) {
    if (error instanceof ClickHouseError) return undefined
    throw error
  }
}
