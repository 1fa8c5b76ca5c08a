import { WarningCode } from '@playhead/engine'
import { tsMaxMs } from '@playhead/protocol'
import type { StoreReader } from '../clickhouse/store.ts'
import { Params } from './query/params.ts'
import { rangeSql } from './query/sources.ts'

/** How well the versions of the players report, by the warnings on their sessions. */
export interface InstrumentationHealth {
  /** Those with most sessions first. */
  readonly players: readonly PlayerVersion[]
  /** Those that most sessions have first. */
  readonly warnings: readonly Warning[]
}

export interface PlayerVersion {
  readonly playerName: string | null
  readonly appVersion: string | null
  readonly sessions: number
  /** Sessions without a warning that is not harmless, and their share: 0 to 1, the best. */
  readonly soundSessions: number
  readonly score: number
}

/** A diagnostic code, by the player that caused it. */
export interface Warning {
  readonly code: string
  readonly playerName: string | null
  readonly appVersion: string | null
  readonly events: number
  readonly sessions: number
  /** One of them, to look at. */
  readonly exampleSid: string
  readonly exampleMessage: string
  /** How it is mended; null where the warning does not say. */
  readonly exampleHint: string | null
}

/** Rows of each list of the players' health at most. */
export const healthRowsMax = 500

export interface HealthQuery {
  /** Start of the sessions on the server's clock, epoch milliseconds: at or after, and before. */
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** What SDKs do on purpose says nothing about a player. */
const harmless = [WarningCode.equalTs]

export async function instrumentationHealth(
  store: StoreReader,
  query: HealthQuery,
): Promise<InstrumentationHealth> {
  const params = new Params()
  const warned = warnedSql(query, params, store.isNarrowed)
  const [playersOf, warningsOf] = [playersSql(query, params, warned), warningsSql(params, warned)]
  const [players, warnings] = await Promise.all([
    store.query<PlayerVersion>(playersOf, params.values),
    store.query<WarningRow>(warningsOf, params.values),
  ])
  return { players, warnings: await withExamples(store, warnings) }
}

type WarningRow = Omit<Warning, 'exampleMessage' | 'exampleHint'>

/** What was said on the example's first event with such a warning. */
async function withExamples(store: StoreReader, rows: readonly WarningRow[]): Promise<Warning[]> {
  const examples = await store.query<{ sid: string; code: string; text: string; advice: string | null }>(
    'SELECT sid, code, argMin(message, seq) AS text, argMin(tuple(hint), seq).1 AS advice FROM diagnostics WHERE sid IN {sids:Array(String)} GROUP BY sid, code',
    { sids: [...new Set(rows.map(({ exampleSid }) => exampleSid))] },
  )
  const found = new Map(examples.map((example) => [`${example.sid} ${example.code}`, example]))
  return rows.map((row) => {
    const example = found.get(`${row.exampleSid} ${row.code}`)
    return { ...row, exampleMessage: example?.text ?? '', exampleHint: example?.advice ?? null }
  })
}

function playersSql(query: HealthQuery, params: Params, warned: string): string {
  const by = 'GROUP BY player_name, app_version'
  const all = `SELECT player_name, app_version, count() AS began, 0 AS odd FROM sessions FINAL WHERE ${beganSql('started_at', query, params)} ${by}`
  const odd = `SELECT player_name, app_version, 0 AS began, ${different('sid')} AS odd FROM (${warned}) WHERE NOT ${isHarmless(params)} ${by}`
  return `SELECT
      player_name AS playerName, app_version AS appVersion, toUInt32(sum(began)) AS sessions,
      toUInt32(greatest(toInt64(sessions) - toInt64(sum(odd)), 0)) AS soundSessions, soundSessions / sessions AS score
    FROM (${all} UNION ALL ${odd})
    ${by}
    HAVING sessions > 0
    ORDER BY sessions DESC, player_name, app_version
    LIMIT ${healthRowsMax}`
}

function warningsSql(params: Params, warned: string): string {
  return `SELECT
      code, player_name AS playerName, app_version AS appVersion, ${different('sid, seq, pointer')} AS events,
      ${different('sid')} AS sessions, max(sid) AS exampleSid
    FROM (${warned})
    GROUP BY code, player_name, app_version
    ORDER BY ${isHarmless(params)}, sessions DESC, code, player_name, app_version
    LIMIT ${healthRowsMax}`
}

/**
 * Warnings with the player they are on. Most know it; of the others the sessions are looked up, and of all where not each may be
 * seen: a warning knows no report suite. The same may come twice.
 */
function warnedSql(query: HealthQuery, params: Params, isNarrowed: boolean): string {
  const began = beganSql('started_at', query, params)
  const seen = isNarrowed ? ` AND sid IN (SELECT sid FROM sessions FINAL WHERE ${began})` : ''
  const known = `SELECT sid, seq, code, pointer, player_name, app_version FROM diagnostics WHERE ${beganSql('session_started_at', query, params)}${seen} SETTINGS final = 0`
  const unknown = `SELECT sid, seq, code, pointer FROM diagnostics WHERE session_started_at IS NULL SETTINGS final = 0`
  const sessions = `SELECT sid, player_name, app_version FROM sessions FINAL WHERE ${began} AND sid IN (SELECT sid FROM (${unknown}))`
  return `${known} UNION ALL SELECT sid, seq, code, pointer, player_name, app_version FROM (${unknown}) AS warning INNER JOIN (${sessions}) AS session USING (sid)`
}

function beganSql(time: string, { fromMs = 0, toMs = tsMaxMs }: HealthQuery, params: Params): string {
  return rangeSql({ time }, { fromMs, toMs }, params)
}

/** How many different ones there are, told apart by 64 bits. */
function different(columns: string): string {
  return `toUInt32(uniqExact(sipHash64(${columns})))`
}

function isHarmless(params: Params): string {
  return `code IN ${params.add([...harmless], 'Array(String)')}`
}
