import { readConfig } from 'playhead/dist/config.js'
import { claimDataDir } from 'playhead/dist/dataFolder/dataDir.js'
import { sessionIds } from 'playhead/dist/events/sessionId.js'
import { loadSessionKeys } from 'playhead/dist/events/sessionKeys.js'
import type { LogRecord, NewRecord } from 'playhead/dist/log/record.js'
import { emptyBatch } from 'playhead/dist/projection/batch.js'
import { insertBatch } from 'playhead/dist/projection/insertBatch.js'
import { createOpenSessions } from 'playhead/dist/projection/openSessions.js'
import { openStore } from 'playhead/dist/clickhouse/openStore.js'
import type { FleetArrival } from './fleet.ts'

/** Records between two inserts. */
const batchRecords = 50_000
/** How often the sessions are told the time; they close a little later for it. */
const clockEveryMs = 60_000

export interface Filled {
  readonly sessions: number
  readonly events: number
  /** The time that has been reached, epoch milliseconds. */
  readonly atMs: number
}

/**
 * Put simulated sessions into the store of a data folder, each at its own time in the past: what arrives goes through
 * the projection's own stage, as records of a log that is not written. The server has to be stopped. What is still
 * open at the end is given a day to close.
 */
export async function fill(
  arrivals: Iterable<FleetArrival>,
  onProgress: (filled: Filled) => void,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Filled> {
  const { dataDir, clickhouseUrl, rules, sessionKeys } = readConfig(env)
  const release = await claimDataDir(dataDir)
  const store = openStore({ dataDir, clickhouseUrl })
  try {
    await store.whenReady()
    const ids = sessionIds(sessionKeys ?? (await loadSessionKeys(dataDir)))
    const openSessions = createOpenSessions(rules, [])
    const sids = new Map<number, string>()
    let batch = emptyBatch(1)
    let [seq, events, sessions, atMs] = [0, 0, 0, 0]

    const apply = (record: NewRecord): LogRecord => {
      seq += 1
      const numbered = { ...record, seq }
      openSessions.apply(numbered, batch)
      return numbered
    }
    const tell = (receivedAtMs: number): LogRecord => apply({ kind: 'clock', receivedAtMs })
    const insert = async (clock: LogRecord): Promise<void> => {
      await insertBatch(store, batch, clock, { keep: ({ error }) => Promise.reject(error) })
      batch = emptyBatch(seq + 1)
      onProgress({ sessions, events, atMs })
    }

    let toldAtMs = 0
    for (const { atMs: receivedAtMs, session, body, isLast } of arrivals) {
      atMs = receivedAtMs
      const known = sids.get(session.number)
      const sid = known ?? ids.create(receivedAtMs)
      if (known === undefined) sessions += 1
      if (isLast) sids.delete(session.number)
      else sids.set(session.number, sid)
      apply({ kind: 'event', receivedAtMs, sid, body: Buffer.from(JSON.stringify(body)) })
      events += 1
      if (receivedAtMs - toldAtMs < clockEveryMs) continue
      toldAtMs = receivedAtMs
      const clock = tell(receivedAtMs)
      if (seq - batch.firstSeq >= batchRecords) await insert(clock)
    }
    const { ageMs, graceMs } = rules.timeouts
    await insert(tell(atMs + ageMs + graceMs))
    return { sessions, events, atMs }
  } finally {
    await store.close()
    await release()
  }
}
