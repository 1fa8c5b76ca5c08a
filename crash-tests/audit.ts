import { openStore } from 'playhead/dist/clickhouse/openStore.js'
import { type ArchivedSession, judge } from './judge.ts'
import type { Ledger } from './ledger.ts'
import { addUp, type Outcome } from './trial.ts'

interface EventsRow {
  readonly sid: string
  readonly events: readonly (readonly [ts: number, type: string])[]
}

interface SessionRow {
  readonly sid: string
  readonly content_id: string | null
  readonly status: string
  readonly pauses: number
  readonly bitrate_changes: number
  readonly errors: number
  readonly content_time_ms: number
}

/**
 * Read the whole archive and all sessions out of the data folder of a server that was stopped, and hold them against
 * the ledger: every acknowledged event is there once, nothing is there that nobody sent, and the figures fit.
 */
export async function audit(dataDir: string, ledger: Ledger): Promise<Outcome> {
  const archived = await readAll(dataDir)
  const verdicts = [...ledger.sessions.values()].map((sent) => judge(sent, archived.get(sent.sid), 1))
  const strangers = [...archived.values()].filter(({ sid }) => !ledger.sessions.has(sid))
  const wrong = [...ledger.unexpected]
  const startsLeft = new Set(ledger.unansweredStarts)
  for (const { sid, contentId } of strangers) {
    if (!startsLeft.delete(contentId ?? '')) wrong.push(`nobody has started session ${sid}, or not so often`)
  }
  return addUp([...verdicts, { acknowledged: 0, lost: 0, doubled: 0, wrong }], '')
}

async function readAll(dataDir: string): Promise<Map<string, ArchivedSession>> {
  const store = openStore({ dataDir })
  try {
    await store.whenReady(AbortSignal.timeout(30_000))
    const rows = await store.query<SessionRow>(
      `SELECT sid, content_id, status, pause_events AS pauses, bitrate_changes, error_events AS errors,
        content_time_spent_ms AS content_time_ms FROM sessions`,
    )
    const events = await store.query<EventsRow>(
      'SELECT sid, groupArray((ts, event_type)) AS events FROM events GROUP BY sid',
    )
    const sessions = new Map(rows.map((row) => [row.sid, row]))
    return new Map(events.map((row) => [row.sid, sessionOf(row, sessions.get(row.sid))]))
  } finally {
    await store.close()
  }
}

function sessionOf({ sid, events }: EventsRow, row: SessionRow | undefined): ArchivedSession {
  return {
    sid,
    contentId: row?.content_id ?? null,
    events: events.map(([ts, type]) => ({ ts, type })),
    figures:
      row?.status === 'closed'
        ? {
            pauses: row.pauses,
            bitrateChanges: row.bitrate_changes,
            errors: row.errors,
            contentTimeMs: row.content_time_ms,
          }
        : undefined,
  }
}
