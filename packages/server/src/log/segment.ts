import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { JournalUnsupported } from './journalErrors.ts'
import { isFull, isOpenRefused, NoRoom } from './noRoom.ts'
import type { JournalFile, JournalFiles } from './journalFiles.ts'
import { readUint64, writeUint64 } from './uint64.ts'
import { writeWhole } from './wholeTransfer.ts'

/** One file of the journal: a header, then frames. */
export interface Segment {
  /** Seq of its first record; the file is named after it. */
  readonly firstSeq: number
  readonly path: string
  /** Where its durable frames end, in bytes; for the last segment this moves. */
  bytes: number
}

/** A segment and its file, open for writing. */
export interface OpenSegment {
  segment: Segment
  file: JournalFile
}

/**
 * The header says where the log stood when the segment began, so that a segment alone is enough to go on from, little-endian:
 *
 *     0  8 bytes  'PLAYHEAD'
 *     8  u16      format version
 *    10  u48      notBeforeMs
 *    16  u64      firstSeq
 *    24  u32      CRC-32 of the above
 */
export interface SegmentHeader {
  firstSeq: number
  /** receivedAtMs of the record before `firstSeq`, 0 when there is none. */
  notBeforeMs: number
}

const MAGIC = 'PLAYHEAD'
const VERSION = 8
const NOT_BEFORE = 10
const FIRST_SEQ = 16
const CRC = 24

const FORMAT_VERSION = 1

export const SEGMENT_HEADER_BYTES = 28

/** File name of the segment that begins with `firstSeq`: 16 digits hold every safe integer, and sort as text. */
export function segmentName(firstSeq: number): string {
  return `${String(firstSeq).padStart(16, '0')}.log`
}

/** The inverse of segmentName; `undefined` for any other file, which the journal leaves alone. */
export function firstSeqOfName(name: string): number | undefined {
  return /^\d{16}\.log$/.test(name) ? Number(name.slice(0, 16)) : undefined
}

/**
 * Creates a segment. When this resolves, it and its header outlive a power cut; it stays open for writing.
 *
 * @throws NoRoom when nothing of it is left, and it may be tried again
 */
export async function createSegment(
  files: JournalFiles,
  dir: string,
  header: SegmentHeader,
): Promise<OpenSegment> {
  const path = join(dir, segmentName(header.firstSeq))
  const file = await files.open(path, 'wx').catch((error: unknown) => {
    throw isOpenRefused(error) ? new NoRoom(error) : error
  })
  try {
    await writeWhole(file, encodeHeader(header), 0).catch(async (error: unknown) => {
      if (!isFull(error)) throw error
      // A power cut may bring it back: a segment without a header, as a crash leaves it, which opening removes.
      await files.remove(path)
      throw new NoRoom(error)
    })
    await file.datasync()
    await files.syncDir(dir)
  } catch (error) {
    await file.close()
    throw error
  }
  return { segment: { firstSeq: header.firstSeq, path, bytes: SEGMENT_HEADER_BYTES }, file }
}

export function encodeHeader({ firstSeq, notBeforeMs }: SegmentHeader): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES)
  header.write(MAGIC, 'latin1')
  header.writeUInt16LE(FORMAT_VERSION, VERSION)
  header.writeUIntLE(notBeforeMs, NOT_BEFORE, 6)
  writeUint64(header, firstSeq, FIRST_SEQ)
  header.writeUInt32LE(crc32(header.subarray(0, CRC)), CRC)
  return header
}

/**
 * The header in the first bytes of a segment; `undefined` when they are none.
 *
 * @throws JournalUnsupported when the format is of a later version.
 */
export function readHeader(header: Buffer): SegmentHeader | undefined {
  if (header.length < SEGMENT_HEADER_BYTES || header.toString('latin1', 0, VERSION) !== MAGIC)
    return undefined
  if (header.readUInt32LE(CRC) !== crc32(header.subarray(0, CRC))) return undefined
  const version = header.readUInt16LE(VERSION)
  if (version !== FORMAT_VERSION) {
    throw new JournalUnsupported(
      `the journal has format ${version}; this version of Playhead reads ${FORMAT_VERSION}`,
    )
  }
  return { firstSeq: readUint64(header, FIRST_SEQ), notBeforeMs: header.readUIntLE(NOT_BEFORE, 6) }
}
