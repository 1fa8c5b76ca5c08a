import type { LogRecord } from '../../log/record.ts'
import { emptyBatch } from '../../projection/batch.ts'
import { insertBatch } from '../../projection/insertBatch.ts'
import type { Checkpoint, OpenSession } from '../../projection/checkpoint.ts'
import type { Quarantine } from '../../projection/quarantine.ts'
import { createOpenSessions } from '../../projection/openSessions.ts'
import type { SessionRules } from '@playhead/engine'
import type { Progress } from '../progress.ts'
import type { Store } from '../../clickhouse/store.ts'

/** Records between two inserts. */
const batchRecordsMax = 20_000
/** Bytes of bodies between two inserts. */
const batchBytesMax = 33_554_432
/** How often the sessions are told the time where no clock record does; they close a little later for it. */
const clockIntervalMs = 60_000

export interface RefillParts {
  readonly store: Store
  readonly quarantine: Quarantine
  readonly rules: SessionRules
  /** Whole sessions, which need no time. */
  readonly downloads: AsyncIterable<LogRecord>
  /** In their order. */
  readonly records: AsyncIterable<LogRecord>
  /** Where the sessions that were open then are known from, if their beginnings are not among the records. */
  readonly checkpoint: Checkpoint
  /** The last record there is. */
  readonly lastSeq: number
  /** Ends it between two records when it aborts. */
  readonly signal: AbortSignal
  /** Told of positions in the log. */
  readonly progress: Progress
}

/** What came of it. */
export interface Refilled {
  readonly downloads: number
  readonly events: number
  /** The sessions that are open behind the last record. */
  readonly open: readonly OpenSession[]
  /** What sessions that begin then add to the log's clock. */
  readonly clockOffsetMs: number
}

/** Run records through the session engine into an empty store, as the projection did when they came in. */
export async function refill(parts: RefillParts): Promise<Refilled> {
  const { store, quarantine, rules, checkpoint, lastSeq, signal } = parts
  let openSessions = createOpenSessions(rules, [])
  let isAdopted = false
  let batch = emptyBatch(1)
  let [batchRecords, batchBytes, downloads, events] = [0, 0, 0, 0]
  let [toldAtMs, lastAtMs] = [0, 0]
  let { clockOffsetMs } = checkpoint

  async function apply(record: LogRecord): Promise<void> {
    signal.throwIfAborted()
    openSessions.apply(record, batch)
    batchRecords += 1
    batchBytes += record.kind === 'event' ? record.body.length : 0
    if (batchRecords >= batchRecordsMax || batchBytes >= batchBytesMax) await insert(record)
  }

  async function insert({ seq, receivedAtMs }: Pick<LogRecord, 'seq' | 'receivedAtMs'>): Promise<void> {
    await insertBatch(store, batch, { kind: 'clock', seq, receivedAtMs }, quarantine)
    batch = emptyBatch(seq + 1)
    batchRecords = 0
    batchBytes = 0
  }

  /** The checkpoint knew better: its sessions may have begun before all records that are left. */
  function adopt(): void {
    const known = new Set(checkpoint.sessions.map(({ state }) => state.sid))
    const others = openSessions.sessions().filter(({ state }) => !known.has(state.sid))
    const adopted = checkpoint.sessions.map((session) => ({ ...session, rowAtMs: 0, isRowStale: true }))
    openSessions = createOpenSessions(rules, [...adopted, ...others])
    isAdopted = true
  }

  for await (const download of parts.downloads) {
    await apply(download)
    downloads += 1
  }
  for await (const record of parts.records) {
    if (!isAdopted && record.seq > checkpoint.seq) adopt()
    const { seq, receivedAtMs } = record
    lastAtMs = Math.max(lastAtMs, receivedAtMs)
    await apply(record)
    parts.progress.tell(seq, lastSeq)
    if (record.kind === 'event') events += 1
    if (record.kind === 'clock') {
      toldAtMs = receivedAtMs
      clockOffsetMs = record.clockOffsetMs ?? 0
    }
    if (receivedAtMs - toldAtMs < clockIntervalMs) continue
    await apply({ kind: 'clock', seq, receivedAtMs })
    toldAtMs = receivedAtMs
  }
  if (!isAdopted) adopt()
  const end = { seq: lastSeq, receivedAtMs: lastAtMs }
  await apply({ kind: 'clock', ...end })
  await insert(end)
  return { downloads, events, open: openSessions.sessions(), clockOffsetMs }
}
