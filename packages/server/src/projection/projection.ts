import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises'
import { inSlices } from '../inSlices.ts'
import { isList } from '../events/listElements.ts'
import type { Journal } from '../log/journal.ts'
import type { LogRecord } from '../log/record.ts'
import { messageOf } from '../messageOf.ts'
import type { SessionRules, SessionState } from '@playhead/engine'
import { InsertFailure, insertFailureOf } from '../clickhouse/insertFailure.ts'
import type { Store } from '../clickhouse/store.ts'
import { type Batch, batchMaxBytes, emptyBatch, emptyRows } from './batch.ts'
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts'
import { insertBatch } from './insertBatch.ts'
import type { OnFailure } from './insertSound.ts'
import type { Quarantine } from './quarantine.ts'
import { createOpenSessions } from './openSessions.ts'
import { sampleRow } from './sampleRow.ts'

/** Pause before a batch that the store refused is tried again. */
const retryMs = 1000
/**
 * How long a stop waits for a list that is being applied: one of usual size takes milliseconds, the longest some seconds. A list that
 * is left in the middle is applied from its beginning after the next start.
 */
const listTimeoutMs = 1000
/** How long a stop waits for an insert that is under way when its time is over. */
const abandonTimeoutMs = 1000
/** Records applied in one go, some milliseconds: then requests are answered, and the next follow. */
const recordsPerTurnMax = 100

export interface ProjectionParts {
  readonly journal: Journal
  readonly store: Store
  readonly rules: SessionRules
  readonly quarantine: Quarantine
  readonly checkpoint: Checkpoint
  readonly checkpointPath: string
  /** How much of the log a restart reads again at most, milliseconds of the log's time. */
  readonly checkpointIntervalMs: number
  /** Told of what could not be written, each time it is tried: a batch, or a checkpoint. */
  readonly onRetry: (error: unknown) => void
}

type ClockRecord = Extract<LogRecord, { kind: 'clock' }>

/** The loop from the journal to the store. */
export interface Projection {
  /** Everything up to this journal position is in the store. */
  readonly storedSeq: number
  /** Everything up to this journal position has been through the session engine. */
  readonly appliedSeq: number
  /** Arrival of the oldest record that was applied and is not in the store yet, epoch milliseconds. */
  readonly unstoredSinceMs: number | undefined
  /** The sessions that are open, as of the last record that was read. */
  sessions(): Iterable<SessionState>
  /** Why the store does not take the present batch; `undefined` when it does. */
  readonly trouble: string | undefined
  /** Why the last checkpoint could not be written; `undefined` when it could. */
  readonly checkpointTrouble: string | undefined
  /** Runs until it is stopped; rejects on what should not happen, and then has stopped. */
  readonly done: Promise<void>
  /** Stop once everything up to `seq` is stored, or when the time is over; what is left is done after the restart. */
  stop(seq: number, timeoutMs: number): Promise<void>
}

export function startProjection(parts: ProjectionParts): Projection {
  const { journal, store, checkpoint, checkpointPath } = parts
  const stopping = new AbortController()
  const openSessions = createOpenSessions(parts.rules, checkpoint.sessions)
  let storedSeq = checkpoint.seq
  let appliedSeq = checkpoint.seq
  let unstoredSinceMs: number | undefined
  let trouble: string | undefined
  let checkpointTrouble: string | undefined
  let stopSeq = Number.POSITIVE_INFINITY
  let checkpointAtMs: number | undefined
  let isReleased = false
  let isApplyingList = false

  async function run(): Promise<void> {
    let batch = emptyBatch(storedSeq + 1)
    for await (const record of journal.readFrom(storedSeq + 1, { signal: stopping.signal })) {
      unstoredSinceMs ??= record.receivedAtMs
      if (!(await apply(record, batch))) return
      if (record.seq % recordsPerTurnMax === 0) await othersTurn()
      appliedSeq = record.seq
      if (record.kind !== 'clock') continue
      if (!(await insertUntilStored(batch, record))) return
      storedSeq = record.seq
      unstoredSinceMs = undefined
      batch = emptyBatch(record.seq + 1)
      const isLast = record.seq >= stopSeq
      if (isLast || isCheckpointDue(record)) await saveCheckpoint(record)
      if (isLast) return
    }
  }

  /**
   * Apply a record, and store the rows so far whenever they take too much memory: they have keys, and are stored again as they
   * are when the batch is. Answers whether it is applied; it is not when the projection is stopped before.
   */
  async function apply(record: LogRecord, batch: Batch): Promise<boolean> {
    const steps = openSessions.applyInSteps(record, batch)
    const isFull = (): boolean => batch.bytes >= batchMaxBytes
    isApplyingList = record.kind === 'event' && isList(record.body)
    for (;;) {
      const done = await inSlices(steps, () => stopping.signal.aborted || isFull())
      if (stopping.signal.aborted) return false
      if (isFull()) {
        if (!(await insertUntilStored(batch, record))) return false
        emptyRows(batch)
      }
      if (done !== undefined) return true
    }
  }

  /**
   * Once after each start, which the first batch follows at once: the clock tells what is there the time. What is refused
   * again, or cannot be offered now, waits for the next start.
   */
  async function releaseQuarantine(): Promise<void> {
    if (isReleased) return
    isReleased = true
    if (parts.quarantine.rows === 0) return
    try {
      await parts.quarantine.release(store)
    } catch (error) {
      if (!stopping.signal.aborted) parts.onRetry(error)
    }
  }

  /** Answers whether the batch is stored; it is not when the projection is stopped before. */
  async function insertUntilStored(batch: Batch, clock: LogRecord): Promise<boolean> {
    while (!stopping.signal.aborted) {
      try {
        await store.whenReady(stopping.signal)
        await releaseQuarantine()
        await insertBatch(store, batch, clock, parts.quarantine, onInsertFailure)
        trouble = undefined
        return true
      } catch (error) {
        if (stopping.signal.aborted) return false
        await reportAndWait(error).catch(() => {})
      }
    }
    return false
  }

  /** An insert that failed is tried again for as long as the store takes no other rows either: then nothing is wrong but the store. */
  const onInsertFailure: OnFailure = async (error, table) => {
    await reportAndWait(error)
    await store.whenReady(stopping.signal)
    if (insertFailureOf(error) === InsertFailure.store) return false
    try {
      await store.probe(table, sampleRow(table))
      return true
    } catch (probeError) {
      await reportAndWait(probeError)
      return false
    }
  }

  async function reportAndWait(error: unknown): Promise<void> {
    stopping.signal.throwIfAborted()
    trouble = messageOf(error)
    parts.onRetry(error)
    await wait(retryMs, undefined, { signal: stopping.signal })
  }

  function isCheckpointDue({ receivedAtMs }: LogRecord): boolean {
    checkpointAtMs ??= receivedAtMs
    return receivedAtMs - checkpointAtMs >= parts.checkpointIntervalMs
  }

  /** Without a new checkpoint a restart reads more, and the journal is kept: nothing is lost by trying again later. */
  async function saveCheckpoint({ seq, receivedAtMs, clockOffsetMs = 0 }: ClockRecord): Promise<void> {
    try {
      await writeCheckpoint(checkpointPath, { seq, clockOffsetMs, sessions: openSessions.sessions() })
      checkpointAtMs = receivedAtMs
      checkpointTrouble = undefined
      await journal.cutBefore(seq + 1)
    } catch (error) {
      checkpointTrouble = messageOf(error)
      parts.onRetry(error)
    }
  }

  const done = run()
  const doneWithin = (ms: number): Promise<unknown> =>
    Promise.race([done, wait(ms, undefined, { ref: false })])
  return {
    get storedSeq() {
      return storedSeq
    },
    get appliedSeq() {
      return appliedSeq
    },
    get unstoredSinceMs() {
      return unstoredSinceMs
    },
    sessions: () => openSessions.states(),
    get trouble() {
      return trouble
    },
    get checkpointTrouble() {
      return checkpointTrouble
    },
    done,
    async stop(seq, timeoutMs) {
      stopSeq = seq
      if (storedSeq >= seq) stopping.abort()
      await doneWithin(Math.min(timeoutMs, listTimeoutMs))
      if (!isApplyingList) await doneWithin(Math.max(0, timeoutMs - listTimeoutMs))
      stopping.abort()
      // An insert that hangs is not waited for: it fails when the store is closed, and is repeated after the next start.
      await doneWithin(abandonTimeoutMs)
    },
  }
}
