import type { ClickHouseClient } from '@clickhouse/client'
import type { PartKey } from './store.ts'

/** Delete rows by their keys, and wait until it is done; see `Store.removeParts`. */
export async function removeParts(
  client: ClickHouseClient,
  table: 'ads' | 'chapters',
  keys: readonly PartKey[],
): Promise<void> {
  if (keys.length === 0) return
  const list = '{sids:Array(String)}'
  await client.command({
    // By the index first, then exactly.
    query: `DELETE FROM ${table} WHERE sid IN ${list} AND has(arrayZip(${list}, {ordinals:Array(UInt32)}), (sid, ordinal))`,
    query_params: { sids: keys.map(({ sid }) => sid), ordinals: keys.map(({ ordinal }) => ordinal) },
    clickhouse_settings: { lightweight_deletes_sync: '2' },
  })
}
