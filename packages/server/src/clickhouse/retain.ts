/* oxlint-disable no-await-in-loop -- one table after the other: the engine does one thing at a time */
import type { ClickHouseClient } from '@clickhouse/client'

/** How long rows are kept, days; 0: for ever. */
export interface Retention {
  readonly eventsDays: number
  /** Of sessions with their ads and chapters. */
  readonly sessionsDays: number
  readonly diagnosticsDays: number
  readonly refusalsDays: number
}

/** The column that a table's rows age by, on the server's clock. */
const ages: Readonly<Record<string, { readonly column: string; readonly days: keyof Retention }>> = {
  events: { column: 'received_at', days: 'eventsDays' },
  sessions: { column: 'started_at', days: 'sessionsDays' },
  ads: { column: 'session_started_at', days: 'sessionsDays' },
  chapters: { column: 'session_started_at', days: 'sessionsDays' },
  diagnostics: { column: 'received_at', days: 'diagnosticsDays' },
  refusals: { column: 'at', days: 'refusalsDays' },
}

/**
 * Have ClickHouse delete rows of a certain age, where it does not already. It does so behind, when it merges parts: what
 * is too old is gone within hours, not at once.
 */
export async function retain(client: ClickHouseClient, retention: Retention): Promise<void> {
  const result = await client.query({
    query: 'SELECT name, engine_full FROM system.tables WHERE database = currentDatabase()',
    format: 'JSONEachRow',
  })
  const tables = await result.json<{ name: string; engine_full: string }>()
  for (const { name, engine_full: engine } of tables) {
    const age = ages[name]
    if (age === undefined) continue
    const [present, wanted] = [daysOf(engine), retention[age.days]]
    if (present === wanted) continue
    const ttl = `MODIFY TTL toDateTime(${age.column}, 'UTC') + toIntervalDay(${wanted})`
    await client.command({ query: `ALTER TABLE ${name} ${wanted === 0 ? 'REMOVE TTL' : ttl}` })
  }
}

/** Have ClickHouse delete nothing for its age, or do so again. What it merges meanwhile keeps all its rows. */
export async function holdRetention(client: ClickHouseClient, isHeld: boolean): Promise<void> {
  await client.command({ query: `SYSTEM ${isHeld ? 'STOP' : 'START'} TTL MERGES` })
}

/** What a table's definition says, as ClickHouse writes it; 0 where it says nothing. */
function daysOf(engine: string): number {
  return Number(/ TTL .*?toIntervalDay\((\d+)\)/.exec(engine)?.[1] ?? 0)
}
