/* oxlint-disable no-await-in-loop -- a page begins where the one before ended */
import { tsMaxMs } from '@playhead/protocol'
import type { RefusalKey } from '../../clickhouse/eraseSessions.ts'
import type { Store } from '../../clickhouse/store.ts'
import { mentions } from './mentions.ts'

/** Refused requests that are looked through at a time; each has some kilobytes. */
const refusalsAtOnceMax = 1000

/**
 * Rows that may be meant: of a session, with the id as it is, or with a backslash, behind which it may be written in many ways, or a
 * NUL, which UTF-16 has.
 */
const candidatesSql = `
  SELECT toUnixTimestamp64Milli(at) AS atMs, ordinal, sid, pointer, problems, body FROM refusals
  WHERE (at, ordinal) > (fromUnixTimestamp64Milli({atMs:Int64}, 'UTC'), {ordinal:UInt32})
    AND at <= fromUnixTimestamp64Milli({untilMs:Int64}, 'UTC')
    AND (sid IN {sids:Array(String)} OR multiSearchAny(concat(pointer, ' ', problems, ' ', body), [{id:String}, '\\\\', '\\0']))
  ORDER BY at, ordinal LIMIT ${refusalsAtOnceMax}
  SETTINGS final = 0, log_queries = 0`

interface Candidate extends RefusalKey {
  readonly sid: string
  readonly pointer: string
  readonly problems: string
  readonly body: string
}

/**
 * Refused requests of sessions, or with an id in them, however it is escaped: what was refused may name no session, be no
 * JSON, and be cut short.
 *
 * @param untilMs when they were refused at the latest, epoch milliseconds
 */
export async function findRefusals(
  store: Store,
  { sids, id }: { readonly sids: readonly string[]; readonly id: string },
  untilMs = tsMaxMs,
): Promise<RefusalKey[]> {
  const known = new Set(sids)
  const found: RefusalKey[] = []
  for (let after: RefusalKey = { atMs: -1, ordinal: 0 }; ;) {
    const page = await store.query<Candidate>(candidatesSql, { ...after, untilMs, sids, id })
    for (const { atMs, ordinal, sid, pointer, problems, body } of page) {
      if (known.has(sid) || [pointer, problems, body].some((text) => mentions(text, id)))
        found.push({ atMs, ordinal })
    }
    const last = page.at(-1)
    if (last === undefined || page.length < refusalsAtOnceMax) return found
    after = { atMs: last.atMs, ordinal: last.ordinal }
  }
}
