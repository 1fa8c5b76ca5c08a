import type { JournalFiles } from './journalFiles.ts'

/** Where the journal is and what it may use. All sizes are in bytes. */
export interface JournalOptions {
  /** The folder, created if need be. It must belong to one process alone: the journal does not lock it. */
  dir: string
  /**
   * Size at which a new segment is begun: the unit in which the journal is cut, so about what stays on disk for
   * nothing. Exceeded only by a single record that is larger.
   *
   * @default 67108864 (64 MiB)
   */
  segmentBytesMax?: number
  /**
   * Most that is written and synced at once, unless a single record is larger: bounds how long laying out a group
   * holds the event loop (some ms), and how long the appends behind it wait.
   *
   * @default 4194304 (4 MiB)
   */
  groupBytesMax?: number
  /**
   * Most that is kept for those who still need it, from the last `cutBefore` on; an event beyond is rejected with
   * JournalFull until a cut has made room. Exceeded by the last record only, and by clock records, which lead to cuts.
   *
   * @default 17179869184 (16 GiB)
   */
  backlogBytesMax?: number
  /**
   * What `cutBefore` leaves of the records that nobody needs any more, in whole segments: from them a store that is
   * lost can be rebuilt. They go first when the disk is full.
   *
   * @default 0
   */
  keepBytesMax?: number
  /**
   * Records below this seq are not needed any more: segments that hold nothing else are not checked when the journal
   * is opened, but when they are read.
   *
   * @default 1
   */
  neededSeq?: number
  /**
   * The journal was begun before: where there is none, it is lost, and no other is begun in its place.
   *
   * @default false
   */
  mustExist?: boolean
  /**
   * How long a full disk is left alone before an append may try it again, milliseconds.
   *
   * @default 1000
   */
  fullRetryMs?: number
  /**
   * Most that may wait for the disk, in memory; an append beyond is rejected with JournalBehind. Enough for 140 000
   * events of 400 bytes: a disk that far behind will not catch up within the 5 s that players wait.
   *
   * @default 67108864 (64 MiB)
   */
  queueBytesMax?: number
  /**
   * Largest body of an event; an append beyond is rejected with a RangeError. A guard, at most 128 MiB, which the
   * format needs as a bound; the HTTP edge draws its own far lower.
   *
   * @default 67108864 (64 MiB)
   */
  recordBytesMax?: number
  /**
   * The file system; tests put one here that injects faults.
   *
   * @default nodeFiles
   */
  files?: JournalFiles
  /** Told whenever the journal has become full, failed, or well again. */
  onState?: (state: JournalState) => void
}

/** Whether the journal takes records. Both troubles carry their reason. */
export type JournalState =
  | { readonly status: 'ok' }
  /** No room, on the disk or within the bound: events are refused until there is. It mends itself. */
  | { readonly status: 'full'; readonly cause: Error }
  /** For good, until the journal is opened again. */
  | { readonly status: 'failed'; readonly cause: Error }

/** Size at which a new journal segment is begun; whole segments are deleted once they are stored. */
const segmentBytesMax = 64 * 1024 * 1024
/** Events written and synced together: bounds how long the first of them waits for the last. */
const groupBytesMax = 4 * 1024 * 1024
/** Events waiting for the disk; beyond it 503 with `Retry-After`: a disk that slow has failed. */
const queueBytesMax = 64 * 1024 * 1024
/** Largest record of the journal; the HTTP edge draws its own bounds far lower. */
const recordBytesMax = 64 * 1024 * 1024

/** How long a full disk is left alone before an append may try it again. */
const fullRetryMs = 1000

/** What recordBytesMax can be at most. @see PAYLOAD_BYTES_MAX */
const RECORD_BYTES_LIMIT = 128 * 1024 * 1024

/** The limits of JournalOptions, each with a value. */
export type JournalLimits = Required<
  Omit<JournalOptions, 'dir' | 'files' | 'onState' | 'neededSeq' | 'mustExist'>
>

/** The limits with their defaults. */
export function journalLimits(options: JournalOptions): JournalLimits {
  const limits = {
    segmentBytesMax: options.segmentBytesMax ?? segmentBytesMax,
    groupBytesMax: options.groupBytesMax ?? groupBytesMax,
    backlogBytesMax: options.backlogBytesMax ?? 16 * 1024 ** 3,
    queueBytesMax: options.queueBytesMax ?? queueBytesMax,
    recordBytesMax: options.recordBytesMax ?? recordBytesMax,
  }
  for (const [name, bytes] of Object.entries(limits)) {
    if (!(bytes > 0)) throw new RangeError(`${name} must be above 0, not ${bytes}`)
  }
  if (limits.recordBytesMax > RECORD_BYTES_LIMIT) {
    throw new RangeError(`recordBytesMax must be at most ${RECORD_BYTES_LIMIT}, not ${limits.recordBytesMax}`)
  }
  return {
    ...limits,
    keepBytesMax: options.keepBytesMax ?? 0,
    fullRetryMs: options.fullRetryMs ?? fullRetryMs,
  }
}
