import type { Readable } from 'node:stream'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { assertBindable } from './queryRows.ts'
import { querySettings } from './settings.ts'

/** ClickHouse's names of the formats that rows are given out in. */
const formats = { csv: 'CSVWithNames', ndjson: 'JSONEachRow', parquet: 'Parquet', raw: 'RawBLOB' } as const
export type ExportFormat = keyof typeof formats

/** Run one query and pass its rows on as ClickHouse writes them; see `Store.export`. */
export async function exportRows(
  client: ClickHouseClient,
  sql: string,
  params: Readonly<Record<string, unknown>>,
  format: ExportFormat,
  seen: ClickHouseSettings,
): Promise<Readable> {
  assertBindable(params)
  const { stream } = await client.exec({
    query: `${sql} FORMAT ${formats[format]}`,
    query_params: params,
    clickhouse_settings: {
      ...querySettings,
      ...seen,
      // What is null is an empty cell, which quotes tell from an empty text.
      format_csv_null_representation: '',
      output_format_parquet_string_as_string: 1,
    },
  })
  return stream
}
