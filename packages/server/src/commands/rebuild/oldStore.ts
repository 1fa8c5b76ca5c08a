import { connectEmbedded } from '../../clickhouse/connectEmbedded.ts'
import { queryRows } from '../../clickhouse/queryRows.ts'

/** A store that is to be replaced: it is read as far as it can be, and nothing in it is changed. */
export interface OldStore {
  query<Row>(sql: string, params?: Readonly<Record<string, unknown>>): Promise<Row[]>
  /** Pieces of table `events` that cannot be read, by the name of the folder they are in. */
  readonly brokenParts: readonly string[]
  /** SQL of an event's `clock_offset`, which older tables do not have. */
  readonly clockOffsetSql: string
  close(): Promise<void>
}

interface CheckedPart {
  readonly part_path: string
  readonly is_passed: number
}

/** Open the folder of a store without bringing it up to date. Rejects when it cannot be opened, or has no events. */
export async function openOldStore(folder: string): Promise<OldStore> {
  const backend = await connectEmbedded(folder, () => {}, new AbortController().signal)
  const { client } = backend
  try {
    const query = <Row>(sql: string, params: Readonly<Record<string, unknown>> = {}): Promise<Row[]> =>
      queryRows<Row>(client, sql, params, { final: 0, max_execution_time: 0 })
    const check = await client.query({
      query: 'CHECK TABLE events SETTINGS check_query_single_value_result = 0',
      format: 'JSONEachRow',
    })
    const parts = await check.json<CheckedPart>()
    const unloaded = await query<{ name: string }>(
      `SELECT name FROM system.detached_parts
      WHERE database = currentDatabase() AND table = 'events' AND reason LIKE 'broken%'`,
    )
    const columns = await query(
      `SELECT name FROM system.columns
      WHERE database = currentDatabase() AND table = 'events' AND name = 'clock_offset'`,
    )
    const failed = parts.filter((part) => part.is_passed === 0).map((part) => part.part_path)
    return {
      query,
      brokenParts: [...failed, ...unloaded.map(({ name }) => name)],
      clockOffsetSql: columns.length > 0 ? 'clock_offset' : 'toInt64(0)',
      close: () => backend.close(),
    }
  } catch (error) {
    await backend.close()
    throw error
  }
}
