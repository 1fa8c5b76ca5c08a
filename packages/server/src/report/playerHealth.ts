import { sidFloor } from '../ingest/sessionId.ts'
import { Oddity } from '../session/oddity.ts'
import type { StoreReader } from '../store/store.ts'

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

export interface PlayerHealthQuery {
  /** Start of the sessions on the server's clock, epoch milliseconds: at or after, and before. */
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** What SDKs do on purpose says nothing about a player. */
const harmless = [Oddity.equalTs]

const range = 'sid >= {from:String} AND sid < {to:String}'
const playersSql = `
  SELECT
    player_name AS playerName, app_version AS appVersion, toUInt32(count()) AS sessions,
    toUInt32(countIf(sid NOT IN (
      SELECT sid FROM diagnostics WHERE ${range} AND code NOT IN {harmless:Array(String)}
    ))) AS soundSessions,
    soundSessions / sessions AS score
  FROM sessions WHERE ${range}
  GROUP BY player_name, app_version
  ORDER BY sessions DESC, player_name, app_version
  LIMIT ${playerHealthRowsMax}`
const remarksSql = `
  SELECT
    code, player_name AS playerName, app_version AS appVersion, toUInt32(count()) AS events,
    toUInt32(uniqExact(sid)) AS sessions, max(sid) AS exampleSid, argMax(message, sid) AS exampleMessage,
    argMax(tuple(hint), sid).1 AS exampleHint
  FROM (
    SELECT sid, code, message, hint FROM diagnostics WHERE ${range} LIMIT 1 BY sid, seq, code, pointer
  ) AS remark
  INNER JOIN (SELECT sid, player_name, app_version FROM sessions WHERE ${range}) AS session USING (sid)
  GROUP BY code, player_name, app_version
  ORDER BY code IN {harmless:Array(String)}, sessions DESC, code, player_name, app_version
  LIMIT ${playerHealthRowsMax}`

export async function playerHealth(
  store: StoreReader,
  { fromMs, toMs }: PlayerHealthQuery,
): Promise<PlayerHealth> {
  const params = {
    from: sidFloor(fromMs ?? 0),
    to: toMs === undefined ? 'g' : sidFloor(toMs),
    harmless: [...harmless],
  }
  const [players, remarks] = await Promise.all([
    store.query<PlayerVersion>(playersSql, params),
    store.query<Remark>(remarksSql, params),
  ])
  return { players, remarks }
}
