import type { Durable } from './durable.ts'
import type { Group } from './encodeGroup.ts'
import type { JournalFile } from './journalFiles.ts'
import { createSegment, SEGMENT_HEADER_BYTES, type OpenSegment, type Segment } from './segment.ts'
import { isFull, NoRoom } from './noRoom.ts'
import { writeWhole } from './wholeTransfer.ts'

/** Writes groups to the end of the journal, beginning a new segment when the last is full. One call at a time. */
export class SegmentWriter {
  readonly #durable: Durable
  readonly #segmentBytesMax: number
  #segment: Segment
  #file: JournalFile

  constructor(durable: Durable, segmentBytesMax: number, last: OpenSegment) {
    this.#durable = durable
    this.#segmentBytesMax = segmentBytesMax
    this.#segment = last.segment
    this.#file = last.file
  }

  /**
   * Resolves when the group is on disk, where the next start finds it, and only then moves `durable` on.
   *
   * @throws NoRoom when nothing of the group is left, and it may be tried again; after any other error never
   */
  async write(group: Group): Promise<void> {
    const { bytes, lastSeq, lastReceivedAtMs } = group
    if (
      this.#segment.bytes > SEGMENT_HEADER_BYTES &&
      this.#segment.bytes + bytes.length > this.#segmentBytesMax
    ) {
      await this.#roll()
    }
    await this.#put(bytes)
    await this.#file.datasync()
    await this.#file.requireInPlace()
    this.#segment.bytes += bytes.length
    this.#durable.lastSeq = lastSeq
    this.#durable.lastReceivedAtMs = lastReceivedAtMs
    this.#durable.advanced.notify()
  }

  /** @throws when the segment is not at its path any more */
  requireInPlace(): Promise<void> {
    return this.#file.requireInPlace()
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /**
   * A full disk takes a part, or nothing. Nobody was told of that part, so it is cut off again, and the cut is synced:
   * if that succeeds, all before it is on disk too, and the next write finds what this one found. If it does not,
   * nobody knows what is on the disk.
   */
  async #put(bytes: Buffer): Promise<void> {
    try {
      await writeWhole(this.#file, bytes, this.#segment.bytes)
    } catch (error) {
      if (!isFull(error)) throw error
      await this.#file.truncate(this.#segment.bytes)
      await this.#file.datasync()
      throw new NoRoom(error)
    }
  }

  async #roll(): Promise<void> {
    const { files, dir, segments, lastSeq, lastReceivedAtMs } = this.#durable
    const next = await createSegment(files, dir, { firstSeq: lastSeq + 1, notBeforeMs: lastReceivedAtMs })
    const full = this.#file
    this.#segment = next.segment
    this.#file = next.file
    segments.push(next.segment)
    // If it is still in its place, the new one is in the same folder.
    await full.requireInPlace()
    await full.close()
  }
}
