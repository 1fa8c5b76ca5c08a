import { Signal } from './signal.ts'
import { cutSegments } from './cutSegments.ts'
import { firstKeptSeq, journalBytes, sparedBytes, type Durable } from './durable.ts'
import { GroupCommit } from './groupCommit.ts'
import { JournalMissing } from './journalErrors.ts'
import { nodeFiles } from './journalFiles.ts'
import { journalLimits, type JournalOptions, type JournalState } from './journalOptions.ts'
import { readRecords, type ReadOptions } from './readRecords.ts'
import type { LogRecord, NewRecord } from './record.ts'
import { recover, type Recovery } from './recover.ts'
import { createSegment, type OpenSegment } from './segment.ts'
import { SegmentWriter } from './segmentWriter.ts'

export {
  JournalBehind,
  JournalClosed,
  JournalCut,
  JournalDamaged,
  JournalFailed,
  JournalFull,
  JournalMissing,
  JournalUnsupported,
} from './journalErrors.ts'
export type { JournalOptions, JournalState, LogRecord, NewRecord, ReadOptions, Recovery }

/** A durable, append-only log of records. Many readers, any number of concurrent appends, one process. */
export interface Journal {
  /**
   * Resolves with the record's seq once it is on disk; appends take effect in the order of the calls. The record's
   * receivedAtMs is raised to that of the record before, if it is less: time never runs backwards in the log.
   *
   * Rejects with JournalFull or JournalBehind (try again later), JournalFailed (for good), JournalClosed, or
   * RangeError for a record that no journal can hold. After JournalFailed the record may yet turn up at the next
   * start: it was not acknowledged, but it may have reached the disk.
   */
  append(record: NewRecord): Promise<number>
  /** Last durable seq; 0 when there was never one. */
  readonly lastSeq: number
  /** Arrival of that record by the log's clock, epoch milliseconds; 0 when there was never one. */
  readonly lastReceivedAtMs: number
  /** First seq still kept; lastSeq + 1 when none is. */
  readonly firstSeq: number
  /** Size of what is kept. */
  readonly bytes: number
  /** Of it, what is needed still: whole segments, from the one that holds the last `cutBefore` on. */
  readonly backlogBytes: number
  /** `full` or `failed` while it takes nothing; reading works all the same. */
  readonly state: JournalState
  /** What opening had to mend. */
  readonly recovery: Recovery
  /**
   * The durable records in order from `seq` on, which may be lastSeq + 1. Waits for more at the end, unless told
   * otherwise. Each reader reads the files for itself, at its own pace.
   *
   * @throws RangeError for a position beyond the end: it must come from another journal.
   * @throws JournalCut when the position is cut off already, or while reading.
   * @throws JournalDamaged when a record cannot be read any more.
   * @throws JournalUnsupported at a record of a later version.
   */
  readFrom(seq: number, options?: ReadOptions): AsyncGenerator<LogRecord, void, undefined>
  /**
   * Records below `seq` are not needed any more: deletes the segments that hold nothing else, but for `keepBytesMax`
   * of them, never the one being written. So records below `seq` may remain: firstSeq tells.
   */
  cutBefore(seq: number): Promise<void>
  /**
   * Looks whether what was written is still in its place, and fails if not. Each append does that by itself: this is for when there
   * are none. Resolves either way; the state tells.
   */
  checkInPlace(): Promise<void>
  /**
   * Refuses further appends, waits for those queued, ends the readers that follow. The state is `failed` afterwards when what was
   * written is not in its place any more. Calling it again is harmless.
   */
  close(): Promise<void>
}

/**
 * Opens the journal in a folder, or begins one: checks every frame (about 1 GB/s) and cuts off what a crash left
 * half-written.
 *
 * @throws JournalDamaged when an acknowledged record is lost.
 * @throws JournalMissing when it must exist and does not.
 * @throws JournalUnsupported when a later version wrote it.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { dir, files = nodeFiles, neededSeq = 1, mustExist = false, onState = () => {} } = options
  const limits = journalLimits(options)
  await files.makeDir(dir)
  const { recovery, ...recovered } = await recover(files, dir, neededSeq)
  if (mustExist && recovered.segments.length === 0) throw new JournalMissing(dir)
  const durable: Durable = { ...recovered, files, dir, neededSeq, advanced: new Signal(), closed: false }
  const writer = new SegmentWriter(durable, limits.segmentBytesMax, await openLastSegment(durable))
  let cutting: Promise<unknown> = Promise.resolve()
  // One after the other: two at once could delete a later segment before an earlier one.
  const cut = (keepBytesMax: number): Promise<number> => {
    const cutNow = Promise.allSettled([cutting]).then(() => cutSegments(durable, keepBytesMax))
    cutting = cutNow
    return cutNow
  }
  const makeRoom = async (): Promise<boolean> => (await cut(0).catch(() => 0)) > 0
  const commit = new GroupCommit({ durable, writer, limits, makeRoom, onState })
  let closing: Promise<void> | undefined

  async function closeOnce(): Promise<void> {
    durable.closed = true
    durable.advanced.notify()
    await commit.idle()
    await Promise.allSettled([cutting])
    await commit.requireInPlace()
    await writer.close()
  }

  return {
    append: (record) => commit.append(record),
    get lastSeq() {
      return durable.lastSeq
    },
    get lastReceivedAtMs() {
      return durable.lastReceivedAtMs
    },
    get firstSeq() {
      return firstKeptSeq(durable)
    },
    get bytes() {
      return journalBytes(durable)
    },
    get backlogBytes() {
      return journalBytes(durable) - sparedBytes(durable)
    },
    get state() {
      return commit.state
    },
    recovery,
    readFrom: (seq, readOptions = {}) =>
      readRecords(durable, seq, readOptions.follow === false ? durable.lastSeq : Infinity, readOptions),
    async cutBefore(seq) {
      durable.neededSeq = Math.max(durable.neededSeq, seq)
      await cut(limits.keepBytesMax)
    },
    checkInPlace: () => commit.checkInPlace(),
    close: () => (closing ??= closeOnce()),
  }
}

/** The segment to append to, and its file; the first of all when there is none. */
async function openLastSegment({ files, dir, segments }: Durable): Promise<OpenSegment> {
  const segment = segments.at(-1)
  if (segment !== undefined) return { segment, file: await files.open(segment.path, 'r+') }
  const first = await createSegment(files, dir, { firstSeq: 1, notBeforeMs: 0 })
  segments.push(first.segment)
  return first
}
