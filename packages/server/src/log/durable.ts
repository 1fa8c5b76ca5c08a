import type { Signal } from './signal.ts'
import type { JournalFiles } from './journalFiles.ts'
import type { Segment } from './segment.ts'

/** What of the journal is safe on disk at this moment. The writer and the cutter move it on, readers follow it. */
export interface Durable {
  readonly files: JournalFiles
  readonly dir: string
  /** Ascending, without gaps, never empty; the last is the one being written. */
  readonly segments: Segment[]
  /** Last durable seq, 0 when there is none. */
  lastSeq: number
  /** Arrival of that record, ms since 1970. */
  lastReceivedAtMs: number
  /** Rings whenever `lastSeq` has moved, and at the close. */
  readonly advanced: Signal
  /** Records below are not needed any more, and may be kept all the same. */
  neededSeq: number
  closed: boolean
}

/** First seq still kept; the next to be written when nothing is. */
export function firstKeptSeq({ segments }: Durable): number {
  return segments[0]?.firstSeq ?? 1
}

/** Bytes of all segments. */
export function journalBytes({ segments }: Durable): number {
  return segments.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Bytes of the segments that nobody needs any more: what they hold is below `neededSeq`. */
export function sparedBytes({ segments, neededSeq }: Durable): number {
  return segments.reduce((sum, { bytes }, index) => {
    const next = segments[index + 1]
    return next !== undefined && next.firstSeq <= neededSeq ? sum + bytes : sum
  }, 0)
}

/** The segment that holds `seq`, a position from the first kept one on. */
export function segmentOf({ segments }: Durable, seq: number): Segment | undefined {
  return segments.findLast((segment) => segment.firstSeq <= seq)
}
