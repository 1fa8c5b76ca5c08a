/* oxlint-disable no-await-in-loop -- the order of the deletions is the point */
import type { Durable } from './durable.ts'

/**
 * Deletes the segments all of whose records are below `seq`, but never the last. Oldest first, each gone for good
 * before the next: a power cut in between must not leave a hole, which would read as a missing segment.
 */
export async function cutSegments({ files, dir, segments }: Durable, seq: number): Promise<void> {
  for (;;) {
    const [oldest, second] = segments
    if (oldest === undefined || second === undefined || second.firstSeq > seq) return
    segments.shift() // First, so that no reader opens it any more.
    try {
      await files.remove(oldest.path)
      await files.syncDir(dir)
    } catch (error) {
      segments.unshift(oldest)
      throw error
    }
  }
}
