import { type CustomMetadataKeys, type ReportedAt, tsMaxMs } from '@playhead/protocol'
import type { StoreReader } from '../clickhouse/store.ts'
import { Params } from './query/params.ts'
import { keyCharsMax } from './query/resolveIds.ts'
import { rangeSql, sources } from './query/sources.ts'

/** Keys of custom metadata in one list when the request does not say. */
export const metadataKeysDefault = 100
/** Keys of custom metadata in one list at most: a stranger's player can send as many as it likes. */
export const metadataKeysMax = 1000

export interface CustomMetadataQuery {
  readonly limit: number
  /** When they began, epoch milliseconds: at or after, and before. */
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

const counted = { sessions: 'sessionStart', ads: 'adStart', chapters: 'chapterClose' } as const
const counts = Object.keys(counted)

/** The keys of custom metadata that can be asked for as `c.<key>`, those of most sessions first. */
export async function customMetadataKeys(
  store: StoreReader,
  { limit, fromMs = 0, toMs = tsMaxMs }: CustomMetadataQuery,
): Promise<CustomMetadataKeys> {
  const params = new Params()
  const part = ([name, reportedAt]: readonly [string, ReportedAt]) => {
    const { table, isReported } = sources[reportedAt]
    const range = rangeSql({ time: 'started_at' }, { fromMs, toMs }, params)
    const columns = counts.map((each) => `${each === name ? 'count()' : '0'} AS ${each}`)
    return `SELECT arrayJoin(custom_metadata.keys) AS key, ${columns.join(', ')} FROM ${table} FINAL WHERE ${range} AND ${isReported} GROUP BY key`
  }
  const sums = counts.map((each) => `toInt64(sum(${each})) AS ${each}`)
  const sql = `SELECT key, ${sums.join(', ')} FROM (${Object.entries(counted).map(part).join(' UNION ALL ')})
    WHERE key != '' AND lengthUTF8(key) <= ${keyCharsMax}
    GROUP BY key ORDER BY ${counts.map((each) => `${each} DESC`).join(', ')}, key LIMIT ${params.add(limit, 'UInt32')}`
  return { keys: await store.query<CustomMetadataKeys['keys'][number]>(sql, params.values) }
}
