/**
 * How long reports take over many sessions, what they cost, and what the planner adds to SQL that is written by hand.
 * Prints figures and judges nothing: machines differ. Milliseconds of the clock are medians; those of CPU are the engine's
 * on all cores together; `others` is how many cores other work on the machine had meanwhile.
 *
 *   npm run bench:query [-- <sessions> <folder>]     10,000,000, and a temporary folder, which is removed
 *
 * A folder that is named is kept, and used again when it was filled before.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createReports, type PanelName, type Reports } from 'playhead/dist/reports/reports.js'
import { EmbeddedProcess } from 'playhead/dist/clickhouse/embeddedProcess.js'
import { openStore } from 'playhead/dist/clickhouse/openStore.js'
import { setStatement } from 'playhead/dist/clickhouse/setStatement.js'
import { querySettings } from 'playhead/dist/clickhouse/settings.js'
import type { StoreReader } from 'playhead/dist/clickhouse/store.js'
import { firstDayMs } from '@playhead/testing/sessions/simulatedSessions.ts'
import { cpuMs, othersMs } from './cpu.ts'
import { fillStore } from './fillStore.ts'

const sessions = Number(process.argv[2] ?? 10_000_000)
const keptFolder = process.argv[3]
const days = 30
const rounds = 7
const dayMs = 86_400_000
const rules = {
  timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
  reorderWindowMs: 5000,
  areSeekedMarkersSkipped: false,
}

const ranges = { day: lastDays(1), week: lastDays(7), all: lastDays(days) }

const folder = keptFolder ?? (await mkdtemp(join(tmpdir(), 'playhead-bench-')))
const filled = join(folder, `filled-${sessions}`)
if (!existsSync(filled)) {
  await fillStore(folder, sessions, days)
  await writeFile(filled, '')
}
const store = openStore({ dataDir: folder })
await store.whenReady()
/** What each report asks the store, by its name and range. */
const asked = new Map<string, readonly string[]>()
try {
  await describeStore()
  await measureReports()
  await measurePlanner(createReports(store, rules))
  console.log(`\n${cpus().length} cores, ${cpus()[0]?.model}`)
} finally {
  await store.close()
}
await countRows()
if (keptFolder === undefined) await rm(folder, { recursive: true, force: true })

async function describeStore(): Promise<void> {
  const parts = await store.query<{ table: string; parts: number; rows: number; mib: number }>(
    "SELECT table, count() AS parts, sum(rows) AS rows, round(sum(bytes_on_disk) / 1048576) AS mib FROM system.parts WHERE active AND database = currentDatabase() AND NOT startsWith(table, 'template') GROUP BY table ORDER BY table",
  )
  for (const { table, parts: count, rows, mib } of parts) {
    if (rows > 100) console.log(`${table}: ${rows.toLocaleString('en-US')} rows, ${count} parts, ${mib} MiB`)
  }
}

/** What a dashboard shows, over a day, a week and all of it. */
async function measureReports(): Promise<void> {
  const queries: Readonly<Record<string, object>> = {
    'starts by day': { metrics: ['mediaStarts', 'contentStarts'], granularity: 'day' },
    'viewers by day': { metrics: ['uniqueViewers'], granularity: 'day' },
    'time spent by day': { metrics: ['contentTimeSpent', 'averageContentTimeSpent'], granularity: 'day' },
    'top ten contents': {
      metrics: ['mediaTimeSpent', 'mediaStarts', 'contentCompletionRate'],
      dimensions: ['contentName'],
      top: { count: 10, other: true },
    },
    'quality by player': {
      metrics: [
        'bufferEvents',
        'totalBufferDuration',
        'stallEvents',
        'errorEvents',
        'averageBitrate',
        'dropBeforeStartRate',
      ],
      dimensions: ['playerName'],
    },
    'progress by content': {
      metrics: ['contentStarts', 'progress25', 'progress50', 'progress75', 'contentCompletes'],
      dimensions: ['contentId'],
    },
    'ads by advertiser': { metrics: ['adStarts', 'adCompletes', 'adTimeSpent'], dimensions: ['advertiser'] },
    'chapters of contents': {
      metrics: ['chapterStarts', 'chapterCompletes'],
      dimensions: ['contentId', 'chapterName'],
      limit: 50,
    },
    'ads by custom metadata': { metrics: ['adStarts', 'adCompletes'], dimensions: ['c.device'] },
    'starts by custom metadata': { metrics: ['mediaStarts'], dimensions: ['c.device'] },
  }
  const panels: Readonly<Record<string, readonly [PanelName, object]>> = {
    'concurrent viewers by minute': ['concurrent', {}],
    'concurrent sessions by minute': ['concurrent', { by: 'session' }],
    'concurrent sessions by second': ['concurrent', { grain: 'second', by: 'session' }],
    'playback time spent': ['time-spent', {}],
    'average minute audience': ['average-minute-audience', {}],
    'audience of each content': ['average-minute-audience', { per: 'content' }],
    'retention of a content': ['retention', { contentId: 'film-nine-lanterns' }],
    'starts by time of day': ['starts-by-time-of-day', {}],
  }
  const names = Object.keys(ranges)
  console.log(
    '\nms'.padEnd(36),
    ...[...names, ...names.map((name) => `CPU ${name}`), 'others'].map((name) => name.padStart(8)),
  )
  const line = async (name: string, ask: (reports: Reports, range: Days) => Promise<unknown>) => {
    const found: (readonly [ms: number, cpu: number])[] = []
    const began = { ms: performance.now(), othersMs: othersMs() }
    for (const [rangeName, range] of Object.entries(ranges)) {
      const statements: string[] = []
      await ask(createReports(recording(statements), rules), range)
      asked.set(`${name}, ${rangeName}`, statements)
      const reports = createReports(store, rules)
      const taken: (readonly [number, number])[] = []
      for (let round = 0; round < rounds; round += 1)
        taken.push(await timedWithCpu(() => ask(reports, range)))
      found.push([middle(taken.map(([ms]) => ms)), middle(taken.map(([, cpu]) => cpu))])
    }
    const figures = [...found.map(([ms]) => ms), ...found.map(([, cpu]) => cpu)]
    const others = (othersMs() - began.othersMs) / (performance.now() - began.ms)
    console.log(
      name.padEnd(35),
      ...figures.map((ms) => ms.toFixed(0).padStart(8)),
      others.toFixed(1).padStart(8),
    )
  }
  for (const [name, query] of Object.entries(queries)) {
    await line(name, async (reports, range) => checked(await reports.query({ ...range, ...query })))
  }
  for (const [name, [panel, request]] of Object.entries(panels)) {
    await line(name, async (reports, range) => checked(await reports.panel(panel, { ...range, ...request })))
  }
  const search = (text: () => string) => (reports: Reports) =>
    reports.sessions({ limit: 50, filters: [], search: text() })
  await line("the players' health", (reports, { from, to }) =>
    reports.instrumentationHealth({ fromMs: Date.parse(from), toMs: Date.parse(to) }),
  )
  // Another one each time: ClickHouse remembers where there is nothing of what it was asked for before.
  let nth = 0
  await line(
    'latest sessions of a content',
    search(() => 'lanterns'),
  )
  await line(
    'a name that nobody has',
    search(() => `nobody ${(nth += 1)}`),
  )
  await line(
    'an id that nobody has',
    search(() => `fffff${(nth += 1)}`),
  )
}

/** The store, and what it is asked. */
function recording(statements: string[]): StoreReader {
  return {
    isNarrowed: false,
    query: (sql, params = {}) => {
      statements.push(`${setStatement(querySettings, params)};${sql}`)
      return store.query(sql, params)
    },
    export: (sql, params, format) => store.export(sql, params, format),
  }
}

/** How much the statements of each report read. */
async function countRows(): Promise<void> {
  const engine = new EmbeddedProcess(join(folder, 'clickhouse'), () => {})
  await engine.opened
  console.log('\nread'.padEnd(43), 'million rows'.padStart(12), 'MB'.padStart(8))
  for (const [name, statements] of asked) {
    let [rows, bytes] = [0, 0]
    for (const statement of statements) {
      const [set = '', sql = ''] = statement.split(/;(?=SELECT)/)
      const pieces = await engine.run({ lane: 'read', set, sql: `${sql} FORMAT JSON` })
      const text = Buffer.concat(pieces).toString()
      const { statistics } = JSON.parse(text) as { statistics: { rows_read: number; bytes_read: number } }
      rows += statistics.rows_read
      bytes += statistics.bytes_read
    }
    console.log(name.padEnd(42), (rows / 1e6).toFixed(1).padStart(12), (bytes / 1e6).toFixed(0).padStart(8))
  }
  await engine.close()
}

/** The planner's SQL beside what a person would write for the same figures. */
async function measurePlanner(reports: Reports): Promise<void> {
  const { from, to } = lastDays(7)
  const during = (column: string) =>
    `${column} >= toDateTime64('${from}', 3, 'UTC') AND ${column} < toDateTime64('${to}', 3, 'UTC')`
  const pairs: Readonly<Record<string, readonly [object, string]>> = {
    'starts by content': [
      { metrics: ['mediaStarts'], dimensions: ['contentId'] },
      `SELECT content_id, sum(media_starts) AS starts FROM sessions FINAL WHERE ${during('started_at')} AND content_id != '' GROUP BY content_id ORDER BY starts DESC LIMIT 100`,
    ],
    'time by day and player': [
      { metrics: ['contentTimeSpent', 'pauseEvents'], dimensions: ['playerName'], granularity: 'day' },
      `SELECT toDate(closed_at) AS day, player_name, sum(content_time_spent_ms) AS ms, sum(pause_events) FROM sessions FINAL WHERE ${during('closed_at')} AND content_id != '' GROUP BY day, player_name ORDER BY day, ms DESC LIMIT 100`,
    ],
    'ads by advertiser': [
      { metrics: ['adCompletes', 'adTimeSpent'], dimensions: ['advertiser'] },
      `SELECT advertiser, countIf(ad_completes) AS completes, sum(ad_time_spent_ms) FROM ads FINAL WHERE ${during('closed_at')} AND content_id != '' AND ad_id != '' GROUP BY advertiser ORDER BY completes DESC LIMIT 100`,
    ],
    'viewers by channel': [
      { metrics: ['uniqueViewers'], dimensions: ['channel'] },
      `SELECT channel, uniqCombined64(visitor_hash) AS viewers FROM sessions FINAL WHERE ${during('started_at')} AND content_id != '' GROUP BY channel ORDER BY viewers DESC LIMIT 100`,
    ],
  }
  console.log('\na week, median ms'.padEnd(36), ' planned', ' by hand', '   ratio')
  for (const [name, [query, sql]] of Object.entries(pairs)) {
    const times: readonly [number[], number[]] = [[], []]
    for (let round = 0; round < rounds * 2; round += 1) {
      times[0].push(
        await timed(async () => checked(await reports.query({ from, to, totals: false, ...query }))),
      )
      times[1].push(await timed(() => store.query(sql)))
    }
    const [planned, byHand] = [middle(times[0]), middle(times[1])]
    console.log(
      name.padEnd(35),
      planned.toFixed(0).padStart(8),
      byHand.toFixed(0).padStart(8),
      (planned / byHand).toFixed(2).padStart(8),
    )
  }
}

interface Days {
  readonly from: string
  readonly to: string
}

function lastDays(count: number): Days {
  const day = (nth: number) => new Date(firstDayMs + nth * dayMs).toISOString().slice(0, 10)
  return { from: day(days - count), to: day(days) }
}

async function timedWithCpu(work: () => Promise<unknown>): Promise<readonly [ms: number, cpu: number]> {
  const before = cpuMs()
  const ms = await timed(work)
  return [ms, cpuMs() - before]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await work()
  return performance.now() - beganMs
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

/** A refusal is no answer. */
function checked(result: Awaited<ReturnType<Reports['query'] | Reports['panel']>>): unknown {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}
