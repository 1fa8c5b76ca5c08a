/* oxlint-disable no-await-in-loop -- the order of the deletions is the point */
import { type Durable, sparedBytes } from './durable.ts'

/**
 * Deletes the segments that nobody needs any more, until at most `keepBytesMax` of such are left; never the last.
 * Oldest first, each gone for good before the next: a power cut in between must not leave a hole, which would read
 * as a missing segment. Resolves with how many were deleted.
 */
export async function cutSegments(durable: Durable, keepBytesMax: number): Promise<number> {
  const { files, dir, segments } = durable
  for (let count = 0; ; count++) {
    const [oldest] = segments
    if (oldest === undefined || sparedBytes(durable) <= keepBytesMax) return count
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
