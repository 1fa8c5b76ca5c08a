import { findSoundFrame } from './findWitness.ts'
import { FRAME_HEADER_BYTES, frameBytes, frameBytesAt, readFrame, writeFrame } from './frame.ts'
import { readReceivedAtMs } from './record.ts'
import { encodeHeader, readHeader, SEGMENT_HEADER_BYTES } from './segment.ts'

/** Records from the first to the last, both included. */
export interface SeqRange {
  readonly firstSeq: number
  readonly lastSeq: number
}

/** Bytes that are not what was written, or that nothing more can be made of. */
export interface Damage {
  readonly offset: number
  readonly bytes: number
}

/** What could be saved of a segment. */
export interface SalvagedSegment {
  /** The segment as it should be, in pieces: each sound frame as it was, and a mark for each record that is lost. */
  readonly pieces: readonly Buffer[]
  readonly firstSeq: number
  readonly lastSeq: number
  readonly lastReceivedAtMs: number
  readonly damages: readonly Damage[]
  readonly lost: readonly SeqRange[]
  readonly records: number
}

export interface SegmentNeighbours {
  /** The first record it has to have: the one after the segment before. */
  readonly firstSeq: number
  readonly notBeforeMs: number
  /** The first one of the segment behind it; Infinity where that is not known. */
  readonly endSeq: number
  /** Whether it is the last one: only its end can be torn. */
  readonly isLast: boolean
}

/**
 * Find every sound record in the bytes of a segment, whatever happened to the others. Behind the last of them there may
 * be no more than a torn end; in a segment that another one follows, all that is missing up to that one is lost.
 */
export function salvageSegment(
  bytes: Buffer,
  { firstSeq, notBeforeMs, endSeq, isLast }: SegmentNeighbours,
): SalvagedSegment {
  const damages: Damage[] = []
  const lost: SeqRange[] = []
  const header = readHeader(bytes.subarray(0, SEGMENT_HEADER_BYTES))
  if (header?.firstSeq !== firstSeq) damages.push({ offset: 0, bytes: SEGMENT_HEADER_BYTES })
  const pieces = [encodeHeader({ firstSeq, notBeforeMs: Math.max(header?.notBeforeMs ?? 0, notBeforeMs) })]
  let [seq, lastReceivedAtMs, records] = [firstSeq, notBeforeMs, 0]

  function lose(untilSeq: number): void {
    if (seq >= untilSeq) return
    lost.push({ firstSeq: seq, lastSeq: untilSeq - 1 })
    for (; seq < untilSeq; seq++) pieces.push(lostFrame(seq, lastReceivedAtMs))
  }

  for (let at = SEGMENT_HEADER_BYTES; at < bytes.length;) {
    const end = soundEnd(bytes, at, seq, endSeq)
    if (end === undefined) {
      const next = findSoundFrame(bytes, at + 1, seq, endSeq) ?? bytes.length
      // A torn end is none: it is cut off at every start.
      if (next < bytes.length || !isLast) damages.push({ offset: at, bytes: next - at })
      at = next
      continue
    }
    const frame = readFrame(bytes, at, end)
    if (frame === undefined) throw new Error('a frame that was sound is not')
    lose(frame.seq)
    pieces.push(bytes.subarray(at, end))
    lastReceivedAtMs = Math.max(lastReceivedAtMs, readReceivedAtMs(frame.payload))
    records += 1
    seq += 1
    at = end
  }
  if (endSeq !== Infinity) lose(endSeq)
  return { pieces, firstSeq, lastSeq: seq - 1, lastReceivedAtMs, damages, lost, records }
}

/** Where the sound frame ends that begins at `at`, if there is one, and it is of a record that may stand there. */
function soundEnd(bytes: Buffer, at: number, seq: number, endSeq: number): number | undefined {
  if (at + FRAME_HEADER_BYTES > bytes.length) return undefined
  const length = frameBytesAt(bytes, at)
  if (length === undefined || at + length > bytes.length) return undefined
  const frame = readFrame(bytes, at, at + length)
  return frame !== undefined && frame.seq >= seq && frame.seq < endSeq ? at + length : undefined
}

function lostFrame(seq: number, receivedAtMs: number): Buffer {
  const record = { kind: 'lost', receivedAtMs } as const
  const bytes = Buffer.allocUnsafe(frameBytes(record))
  writeFrame(bytes, 0, record, { seq, syncedSeq: seq - 1, receivedAtMs })
  return bytes
}
