import { sidFloor } from '../ingest/sessionId.ts'
import { Oddity } from '../session/oddity.ts'
import { type Fault, FaultCode } from '@playhead/protocol'
import type { StoreReader } from '../store/store.ts'
import { Params } from './query/params.ts'
import { rangeSql, sources } from './query/sources.ts'
import { utc } from './query/timeZone.ts'
import { ReportRefused } from './reportRefused.ts'

/** How well the versions of the players report, by what was remarked on their sessions. */
export interface PlayerHealth {
  /** Those with most sessions first. */
  readonly players: readonly PlayerVersion[]
  /** Those that most sessions have first. */
  readonly remarks: readonly Remark[]
}

export interface PlayerVersion {
  readonly playerName: string | null
  readonly appVersion: string | null
  readonly sessions: number
  /** Sessions without a remark that is not harmless, and their share: 0 to 1, the best. */
  readonly soundSessions: number
  readonly score: number
}

/** A diagnostic code, by the player that caused it. */
export interface Remark {
  readonly code: string
  readonly playerName: string | null
  readonly appVersion: string | null
  readonly events: number
  readonly sessions: number
  /** One of them, to look at. */
  readonly exampleSid: string
  readonly exampleMessage: string
  /** How it is mended; null where the remark does not say. */
  readonly exampleHint: string | null
}

/** Rows of each list of the players' health at most. */
export const playerHealthRowsMax = 500
/** Versions with remarks that are told apart at most; a report with more is refused. */
const versionsMax = 20_000
/** By how much a session may begin behind the moment in its id, where the server's clock was set back, milliseconds. */
const clockMarginMs = 86_400_000
/** The end of the store's calendar, epoch milliseconds. */
const lastMs = 10_413_791_999_999

export interface PlayerHealthQuery {
  /** Start of the sessions on the server's clock, epoch milliseconds: at or after, and before. */
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** What SDKs do on purpose says nothing about a player. */
const harmless = [Oddity.equalTs]

/** What was remarked with one code on sessions of one version, or whatever was: the code is '' then. */
interface RemarkedRow extends Omit<Remark, 'exampleMessage' | 'exampleHint'> {
  readonly code: string
}

export async function playerHealth(store: StoreReader, query: PlayerHealthQuery): Promise<PlayerHealth> {
  const params = new Params()
  const [playersOf, remarkedOf] = [playersSql(query, params), remarkedSql(query, params)]
  const [players, rows] = await Promise.all([
    store.query<Omit<PlayerVersion, 'soundSessions' | 'score'>>(playersOf, params.values),
    store.query<RemarkedRow>(remarkedOf, params.values),
  ])
  const versions = rows.filter(({ code }) => code === '')
  if (versions.length === versionsMax) throw new ReportRefused(tooManyVersions)
  const keyOf = ({ playerName, appVersion }: Pick<Remark, 'playerName' | 'appVersion'>) =>
    JSON.stringify([playerName, appVersion])
  const odd = new Map(versions.map((version) => [keyOf(version), version.events]))
  return {
    players: players.map((player) => {
      const soundSessions = player.sessions - (odd.get(keyOf(player)) ?? 0)
      return { ...player, soundSessions, score: soundSessions / player.sessions }
    }),
    remarks: await withExamples(store, rows.filter(({ code }) => code !== '').slice(0, playerHealthRowsMax)),
  }
}

/** What was said on the example's first event with such a remark. */
async function withExamples(store: StoreReader, rows: readonly RemarkedRow[]): Promise<Remark[]> {
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

const tooManyVersions: Fault = {
  code: FaultCode.reportTooLarge,
  pointer: '',
  message: `Remarks are on ${versionsMax} versions of players or more.`,
  hint: 'Ask for a shorter time.',
}

function playersSql(query: PlayerHealthQuery, params: Params): string {
  return `SELECT player_name AS playerName, app_version AS appVersion, toUInt32(count()) AS sessions
    FROM sessions WHERE ${beganSql(query, params)}
    GROUP BY player_name, app_version
    ORDER BY sessions DESC, player_name, app_version
    LIMIT ${playerHealthRowsMax}`
}

/**
 * Remarks by code and version; and with the code '' of each version the sessions with any, of which `events` are those with
 * one that is not harmless. Both tables are in the order of ids and are read side by side: millions of sessions need no
 * more memory than a few.
 */
function remarkedSql(query: PlayerHealthQuery, params: Params): string {
  const { fromMs = 0, toMs = lastMs } = query
  const text = (value: string) => params.add(value, 'String')
  const ids = `sid >= ${text(sidFloor(Math.max(0, fromMs - clockMarginMs)))} AND sid < ${text(sidFloor(toMs))}`
  const isHarmless = `code IN ${params.add([...harmless], 'Array(String)')}`
  // Of a downloaded list that was sent again in another month each remark is there twice.
  const once = `SELECT sid, code FROM diagnostics WHERE ${ids} GROUP BY sid, seq, code, pointer`
  const byCode = `SELECT sid, code, toUInt32(count()) AS times FROM (${once}) GROUP BY sid, code`
  const bySession = `SELECT sid, groupArray((code, times)) AS codes, toUInt32(max(NOT ${isHarmless})) AS is_odd FROM (${byCode}) GROUP BY sid`
  return `SELECT
      remark.1 AS code, player_name AS playerName, app_version AS appVersion,
      toUInt32(sum(remark.2)) AS events, toUInt32(count()) AS sessions, max(sid) AS exampleSid
    FROM (
      SELECT sid, player_name, app_version, arrayJoin(arrayPushBack(codes, ('', is_odd))) AS remark
      FROM (${bySession}) AS remarked
      INNER JOIN (SELECT sid, player_name, app_version FROM sessions WHERE ${beganSql(query, params)}) AS session USING (sid)
    )
    GROUP BY code, player_name, app_version
    ORDER BY code != '', ${isHarmless}, sessions DESC, code, player_name, app_version
    LIMIT ${versionsMax} BY code = ''
    SETTINGS join_algorithm = 'full_sorting_merge'`
}

function beganSql({ fromMs = 0, toMs = lastMs }: PlayerHealthQuery, params: Params): string {
  return rangeSql(sources.sessionStart, { fromMs, toMs, zone: utc }, params)
}
