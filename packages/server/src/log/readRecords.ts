/* oxlint-disable no-await-in-loop -- records are read one after the other */
import { setTimeout as wait } from 'node:timers/promises'
import { firstKeptSeq, segmentOf, type Durable } from './durable.ts'
import { JournalCut, JournalDamaged } from './journalErrors.ts'
import type { JournalFile } from './journalFiles.ts'
import { isOpenRefused } from './noRoom.ts'
import { readFrames } from './readFrames.ts'
import { readPayload, type LogRecord } from './record.ts'
import { SEGMENT_HEADER_BYTES, type Segment } from './segment.ts'

/** Pause before a segment is opened again that could not be for want of open files. */
const openRetryMs = 100

export interface ReadOptions {
  /** Ends the reading when it aborts, also while it waits; that is no error. */
  signal?: AbortSignal
  /**
   * At the end, wait for more, until the journal is closed. If false, the reading ends with the record that was the
   * last durable one when readFrom was called; a close does not end it.
   *
   * @default true
   */
  follow?: boolean
}

/** Where a reader stands: `seq` lies at `offset` of the segment. */
interface Place {
  segment: Segment
  file: JournalFile
  offset: number
  seq: number
}

/** The durable records in order, from `seq` to `seqMax`. @see Journal.readFrom */
export async function* readRecords(
  durable: Durable,
  seq: number,
  seqMax: number,
  { signal, follow = true }: ReadOptions,
): AsyncGenerator<LogRecord, void, undefined> {
  if (!Number.isSafeInteger(seq) || seq < 1 || seq > durable.lastSeq + 1) {
    throw new RangeError(`cannot read from ${seq}: the journal ends with ${durable.lastSeq}`)
  }
  const isOver = () => signal?.aborted === true || (follow && durable.closed)
  let next = seq
  let place: Place | undefined
  try {
    while (next <= seqMax && !isOver()) {
      if (next > durable.lastSeq) {
        await durable.advanced.wait(signal)
        continue
      }
      if (place === undefined || place.segment !== segmentOf(durable, next)) {
        await place?.file.close()
        place = undefined
        place = await openPlace(durable, next)
        if (place === undefined) {
          await wait(openRetryMs, undefined, { signal }).catch(() => {})
          continue
        }
      }
      for (const { seq: at, payload } of await takeFrames(place)) {
        if (at < next) continue
        if (at > seqMax || isOver()) return
        checkKept(durable, at)
        next = at + 1
        yield readPayload(payload, at)
      }
    }
  } finally {
    await place?.file.close()
  }
}

/**
 * Opens the segment that holds `seq`; `undefined` when as many files are open as may be, which passes. There is no index:
 * the reader skips from its start, 64 MiB at 1 GB/s.
 */
async function openPlace(durable: Durable, seq: number): Promise<Place | undefined> {
  checkKept(durable, seq)
  const segment = segmentOf(durable, seq)
  if (segment === undefined) throw new Error(`no segment holds ${seq}`)
  try {
    const file = await durable.files.open(segment.path, 'r')
    return { segment, file, offset: SEGMENT_HEADER_BYTES, seq: segment.firstSeq }
  } catch (error) {
    checkKept(durable, seq) // It may have been cut while it was being opened.
    if (isOpenRefused(error)) return undefined
    throw error
  }
}

/** The next frames of the place's segment, at least one, and moves on behind them. */
async function takeFrames(place: Place) {
  const { segment, file, offset, seq } = place
  const { frames, end, problem } = await readFrames(file, offset, segment.bytes, seq)
  if (frames.length === 0) throw new JournalDamaged(segment.path, end, seq, problem ?? 'no record is there')
  place.offset = end
  place.seq += frames.length
  return frames
}

function checkKept(durable: Durable, seq: number): void {
  const firstSeq = firstKeptSeq(durable)
  if (seq < firstSeq) throw new JournalCut(seq, firstSeq)
}
