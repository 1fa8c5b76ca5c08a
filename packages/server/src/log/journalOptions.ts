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
   * Most that may wait for the disk, in memory; an append beyond is rejected with JournalFull. Enough for 140 000
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
}

/** Size at which a new journal segment is begun; whole segments are deleted once they are stored. */
const segmentBytesMax = 64 * 1024 * 1024
/** Events written and synced together: bounds how long the first of them waits for the last. */
const groupBytesMax = 4 * 1024 * 1024
/** Events waiting for the disk; beyond it 503 with `Retry-After`: a disk that slow has failed. */
const queueBytesMax = 64 * 1024 * 1024
/** Largest record of the journal; the HTTP edge draws its own bounds far lower. */
const recordBytesMax = 64 * 1024 * 1024

/** What recordBytesMax can be at most. @see PAYLOAD_BYTES_MAX */
const RECORD_BYTES_LIMIT = 128 * 1024 * 1024

/** The limits of JournalOptions, each with a value. */
export type JournalLimits = Required<Omit<JournalOptions, 'dir' | 'files'>>

/** The limits with their defaults. */
export function journalLimits(options: JournalOptions): JournalLimits {
  const limits = {
    segmentBytesMax: options.segmentBytesMax ?? segmentBytesMax,
    groupBytesMax: options.groupBytesMax ?? groupBytesMax,
    queueBytesMax: options.queueBytesMax ?? queueBytesMax,
    recordBytesMax: options.recordBytesMax ?? recordBytesMax,
  }
  for (const [name, bytes] of Object.entries(limits)) {
    if (!(bytes > 0)) throw new RangeError(`${name} must be above 0, not ${bytes}`)
  }
  if (limits.recordBytesMax > RECORD_BYTES_LIMIT) {
    throw new RangeError(`recordBytesMax must be at most ${RECORD_BYTES_LIMIT}, not ${limits.recordBytesMax}`)
  }
  return limits
}
