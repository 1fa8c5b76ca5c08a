/* oxlint-disable no-await-in-loop -- a frame's place is known only from the one before */
import type { JournalFile } from './journalFiles.ts'
import { FRAME_HEADER_BYTES } from './frame.ts'
import { readFrames } from './readFrames.ts'
import { readReceivedAtMs } from './record.ts'
import type { SegmentHeader } from './segment.ts'
import { SEGMENT_HEADER_BYTES } from './segment.ts'

/** What a segment holds. */
export interface Scan {
  /** Where the sound frames end, in bytes. */
  end: number
  /** Seq of the last of them; the one before the segment's first when there is none. */
  lastSeq: number
  /** receivedAtMs of that record. */
  lastReceivedAtMs: number
  /** Where the last group of frames begins, in bytes, the header being a group of its own: it has no witness yet. */
  lastGroupStart: number
  /** Why there is no frame at `end`, if `end` is not the end of the file. */
  problem?: string
}

/** Reads a segment from end to end, checking every frame. About 1 GB/s when the file is in memory. */
export async function scanSegment(file: JournalFile, size: number, header: SegmentHeader): Promise<Scan> {
  const scan: Scan = {
    end: SEGMENT_HEADER_BYTES,
    lastSeq: header.firstSeq - 1,
    lastReceivedAtMs: header.notBeforeMs,
    lastGroupStart: 0,
  }
  while (scan.end < size) {
    const run = await readFrames(file, scan.end, size, scan.lastSeq + 1)
    for (const { seq, syncedSeq, payload } of run.frames) {
      if (syncedSeq === seq - 1) scan.lastGroupStart = scan.end
      scan.lastSeq = seq
      scan.lastReceivedAtMs = readReceivedAtMs(payload)
      scan.end += FRAME_HEADER_BYTES + payload.length
    }
    if (run.problem !== undefined) return { ...scan, problem: run.problem }
  }
  return scan
}
