import type { ClickHouseClient } from '@clickhouse/client'

/** A ClickHouse that answers, for as long as it lives. */
export interface Backend {
  readonly client: ClickHouseClient
  /** Resolves with the reason when it has gone by itself; never rejects. */
  readonly lost: Promise<string>
  close(): Promise<void>
}
