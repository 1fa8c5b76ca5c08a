/* oxlint-disable no-await-in-loop -- one table after the other: the engine does one thing at a time */
import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'

/** Whose rows go. */
export interface Erased {
  readonly sids: readonly string[]
  /** Refused requests that go with them. */
  readonly refusals: readonly RefusalKey[]
}

/** A refused request, as its table knows it. */
export interface RefusalKey {
  /** Epoch milliseconds. */
  readonly atMs: number
  readonly ordinal: number
}

/**
 * ClickHouse writes a deletion down word for word, on disk: so what goes is listed in tables in memory, which it names.
 * The events go last: they say whose session it was, so what a crash interrupts is found again.
 */
const tables = ['refusals', 'diagnostics', 'ads', 'chapters', 'sessions', 'events'] as const

/** How often to look whether a table is done, milliseconds. */
const pollMs = 100

/** So that what is replaced goes from the disk at once, not in eight minutes; and with it older statements. */
const hasty = {
  old_parts_lifetime: 0,
  merge_tree_clear_old_parts_interval_seconds: 0,
  cleanup_delay_period: 0,
  cleanup_delay_period_random_add: 0,
  max_cleanup_delay_period: 0,
  finished_mutations_to_keep: 1,
}

type Run = (query: string) => Promise<unknown>

/** Take all rows of sessions away, from the tables and from the disk; see `Store.erase`. */
export async function eraseSessions(
  client: ClickHouseClient,
  { sids, refusals }: Erased,
  onParts: (left: number) => void = () => {},
): Promise<void> {
  const run: Run = (query) => client.command({ query })
  await run('CREATE TABLE IF NOT EXISTS erased_sessions (sid String) ENGINE = Memory')
  await run('TRUNCATE TABLE erased_sessions')
  await client.insert({
    table: 'erased_sessions',
    values: sids.map((sid) => ({ sid })),
    format: 'JSONEachRow',
  })
  await run(
    "CREATE TABLE IF NOT EXISTS erased_refusals (at DateTime64(3, 'UTC'), ordinal UInt32) ENGINE = Memory",
  )
  await run('TRUNCATE TABLE erased_refusals')
  await client.insert({
    table: 'erased_refusals',
    values: refusals.map(({ atMs, ordinal }) => ({ at: atMs, ordinal })),
    format: 'JSONEachRow',
  })
  try {
    for (const table of tables) await deleteFrom(table, run)
    for (const table of tables) await untilGone(client, table, onParts)
  } catch (error) {
    // Why it failed counts, not what can no longer be put right after it.
    await atUsualPace(run).catch(() => {})
    throw error
  }
  await atUsualPace(run)
  for (const table of ['erased_sessions', 'erased_refusals']) await run(`DROP TABLE ${table} SYNC`)
}

async function deleteFrom(table: (typeof tables)[number], run: Run): Promise<void> {
  const settings = Object.entries(hasty).map(([name, value]) => `${name} = ${value}`)
  await run(`ALTER TABLE ${table} MODIFY SETTING ${settings.join(', ')}`)
  // The pace of cleaning up is taken on when a table is opened.
  await run(`DETACH TABLE ${table} SYNC`)
  await run(`ATTACH TABLE ${table}`)
  await run(`SYSTEM WAIT LOADING PARTS ${table}`)
  const which =
    table === 'refusals'
      ? '(at, ordinal) IN (SELECT at, ordinal FROM erased_refusals)'
      : 'sid IN (SELECT sid FROM erased_sessions)'
  await run(`ALTER TABLE ${table} DELETE WHERE ${which}`)
}

/** Otherwise a backup would find replaced parts gone before it has them. */
async function atUsualPace(run: Run): Promise<void> {
  for (const table of tables) await run(`ALTER TABLE ${table} RESET SETTING ${Object.keys(hasty).join(', ')}`)
}

/** Resolves when no deletion is under way in a table, and nothing but its present parts is on disk. */
async function untilGone(
  client: ClickHouseClient,
  table: string,
  onParts: (left: number) => void,
): Promise<void> {
  for (;;) {
    const result = await client.query({
      query: `
        SELECT
          (SELECT count() FROM system.mutations WHERE database = currentDatabase() AND table = {table:String}) AS deletions,
          (SELECT count() FROM system.mutations WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done) AS running,
          (SELECT any(latest_fail_reason) FROM system.mutations WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done) AS trouble,
          (SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND NOT active) AS old_parts,
          (SELECT sum(parts_to_do) FROM system.mutations WHERE database = currentDatabase() AND NOT is_done) AS parts_left`,
      query_params: { table },
      format: 'JSONEachRow',
    })
    const [state] = await result.json<{
      deletions: string
      running: string
      trouble: string
      old_parts: string
      parts_left: string
    }>()
    if (state === undefined) throw new Error('ClickHouse does not say what it does')
    onParts(Number(state.parts_left))
    if (state.trouble !== '') throw new Error(`rows of ${table} cannot be deleted: ${state.trouble}`)
    if (Number(state.running) === 0 && Number(state.old_parts) === 0 && Number(state.deletions) <= 1) return
    await wait(pollMs)
  }
}
