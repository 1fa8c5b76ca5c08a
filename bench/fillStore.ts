import { join } from 'node:path'
import { EmbeddedProcess } from 'playhead/dist/clickhouse/embeddedProcess.js'
import { openStore } from 'playhead/dist/clickhouse/openStore.js'
import { firstDayMs, simulatedSessions } from '@playhead/testing/sessions/simulatedSessions.ts'

const templates = 3000
const dayMs = 86_400_000
/** Copies begin up to half an hour later than what they are copied from. */
const jitterMs = 1_800_000

/**
 * Fill a store with many sessions: some thousand simulated ones, copied within the engine over a number of days, each
 * copy with a start, an id and a viewer of its own. Of the last day there are also the rows of when they were open. Some
 * have warnings.
 */
export async function fillStore(dataDir: string, sessions: number, days: number): Promise<void> {
  const beganMs = performance.now()
  // A session that never closes is one of today's; the copies of other days are closed.
  const made = simulatedSessions(templates).filter(({ session }) => session['closed_at'] !== null)
  const store = openStore({ dataDir })
  await store.whenReady()
  await store.insert(
    'ads',
    made.flatMap(({ ads }) => ads),
    'ads',
  )
  await store.insert(
    'chapters',
    made.flatMap(({ chapters }) => chapters),
    'chapters',
  )
  await store.insert(
    'sessions',
    made.map(({ session }) => ({ ...session, version: 2 })),
    'sessions',
  )
  await store.close()

  const engine = new EmbeddedProcess(join(dataDir, 'clickhouse'), () => {})
  await engine.opened
  const run = (sql: string) => engine.run({ lane: 'write', set: 'SET final = 1', sql })
  for (const table of ['sessions', 'ads', 'chapters']) {
    await run(`CREATE TABLE template_${table} AS ${table}`)
    await run(`INSERT INTO template_${table} SELECT * FROM ${table}`)
    await run(`TRUNCATE TABLE ${table}`)
  }
  const copies = Math.ceil(sessions / days / templates)
  for (let day = 0; day < days; day += 1) {
    await run(copySql('sessions', day, copies))
    await run(copySql('ads', day, copies))
    await run(copySql('chapters', day, copies))
    if (day === days - 1) {
      await run(copySql('sessions', day, copies, ["1 AS version, 'open' AS status, NULL AS closed_at"]))
    }
    console.log(`day ${day + 1} of ${days} after ${Math.round((performance.now() - beganMs) / 1000)} s`)
  }
  await run(warningsSql)
  await mergePastWeeks(run)
  await engine.close()
}

/** Warnings on one session in sixteen, up to four on each. */
const warningsSql = `INSERT INTO diagnostics (sid, seq, received_at, event_type, session_started_at, player_name, app_version, code, pointer, message, expected, got, hint)
  SELECT sid, nth AS seq, last_event_at AS received_at, 'ping' AS event_type, started_at AS session_started_at, player_name, app_version,
    ['equal_ts', 'ad_end_without_ad', 'chapter_end_without_chapter', 'late_event'][1 + cityHash64(sid, nth) % 4] AS code,
    '' AS pointer, 'What is said of such an event, and how it is to be mended.' AS message,
    NULL AS expected, NULL AS got, NULL AS hint
  FROM sessions ARRAY JOIN range(1 + cityHash64(sid, 'warnings') % 4) AS nth
  WHERE cityHash64(sid) % 16 = 0`

/** What ClickHouse does by itself, an hour after the last row of a week: see decision 0014. */
async function mergePastWeeks(run: (sql: string) => Promise<readonly Uint8Array[]>): Promise<void> {
  for (const table of ['sessions', 'ads', 'chapters']) {
    const sql = `SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = currentDatabase() AND table = '${table}' ORDER BY partition_id FORMAT TSV`
    const weeks = Buffer.concat(await run(sql))
      .toString()
      .trim()
      .split('\n')
    for (const week of weeks.slice(0, -1)) await run(`OPTIMIZE TABLE ${table} PARTITION ID '${week}' FINAL`)
  }
}

/** Copies of the templates on one day, which all their days fall onto. */
function copySql(
  table: 'sessions' | 'ads' | 'chapters',
  day: number,
  copies: number,
  changes: readonly string[] = [],
): string {
  const start = table === 'sessions' ? 'started_at' : 'session_started_at'
  const startMs = `toUnixTimestamp64Milli(${start})`
  const shift = `${day * dayMs} - intDiv(${startMs} - ${firstDayMs}, ${dayMs}) * ${dayMs} + cityHash64(substring(sid, 13), number) % ${jitterMs}`
  const moved = (column: string) =>
    `fromUnixTimestamp64Milli(toUnixTimestamp64Milli(${column}) + shift, 'UTC') AS ${column}`
  const times =
    table === 'sessions'
      ? ['started_at', 'last_event_at', ...(changes.length > 0 ? [] : ['closed_at'])]
      : ['session_started_at', 'started_at', 'closed_at']
  // Viewers come back on three days.
  const viewer = `concat(visitor, '-', toString(number), '-', toString(${Math.floor(day / 3)}))`
  const replaced = [
    `concat(leftPad(lower(hex(${startMs} + shift)), 12, '0'), leftPad(toString(number), 8, '0'), substring(sid, 21)) AS sid`,
    ...times.map(moved),
    `${viewer} AS visitor`,
    ...changes,
  ]
  return `INSERT INTO ${table} SELECT * EXCEPT (number, shift) REPLACE (${replaced.join(', ')}) FROM (SELECT *, number, toInt64(${shift}) AS shift FROM template_${table} CROSS JOIN numbers(${copies}) AS copy)`
}
