import { crc32 } from 'node:zlib'
import type { NewRecord } from './record.ts'
import { PAYLOAD_BYTES_MIN, payloadBytes, writePayload } from './record.ts'
import { readUint64, writeUint64 } from './uint64.ts'

/**
 * One record as it lies on disk, little-endian:
 *
 *     0  u32  CRC-32 of everything after it
 *     4  u32  payload length in bytes
 *     8  u64  seq
 *    16  u64  syncedSeq
 *    24  ...  payload, see record.ts
 */
export interface Frame {
  seq: number
  /**
   * Every record up to this one was on disk before this frame was written. So a readable frame bears witness that
   * what lies before it was acknowledged; recovery tells damage from a torn tail by it. Frames of one group carry
   * the same value, and a group's first frame has seq = syncedSeq + 1.
   */
  syncedSeq: number
  /** A view into the bytes it was read from. */
  payload: Buffer
}

const LENGTH = 4
const SEQ = 8
const SYNCED_SEQ = 16

/** Size of all that comes before the payload. */
export const FRAME_HEADER_BYTES = 24

/** No payload is longer, 128 MiB and a little: a length above is damage, and no reason to ask for that much memory. */
export const PAYLOAD_BYTES_MAX = 128 * 1024 * 1024 + 64

/** Size of the record's frame. */
export function frameBytes(record: NewRecord): number {
  return FRAME_HEADER_BYTES + payloadBytes(record)
}

/** Writes a frame at `at` and returns where it ends. */
export function writeFrame(
  into: Buffer,
  at: number,
  record: NewRecord,
  { seq, syncedSeq, receivedAtMs }: { seq: number; syncedSeq: number; receivedAtMs: number },
): number {
  const end = at + frameBytes(record)
  into.writeUInt32LE(payloadBytes(record), at + LENGTH)
  writeUint64(into, seq, at + SEQ)
  writeUint64(into, syncedSeq, at + SYNCED_SEQ)
  writePayload(into, at + FRAME_HEADER_BYTES, record, receivedAtMs)
  into.writeUInt32LE(crc32(into.subarray(at + LENGTH, end)), at)
  return end
}

/** The bytes of a frame whose payload is laid out already. */
export function frameOf({ seq, syncedSeq, payload }: Frame): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length)
  bytes.writeUInt32LE(payload.length, LENGTH)
  writeUint64(bytes, seq, SEQ)
  writeUint64(bytes, syncedSeq, SYNCED_SEQ)
  bytes.set(payload, FRAME_HEADER_BYTES)
  bytes.writeUInt32LE(crc32(bytes.subarray(LENGTH)), 0)
  return bytes
}

/**
 * Size of the frame that begins at `at`, judged by its length field alone. A frame header must be there.
 * `undefined` when no frame can have that length.
 */
export function frameBytesAt(bytes: Buffer, at: number): number | undefined {
  const length = bytes.readUInt32LE(at + LENGTH)
  if (length < PAYLOAD_BYTES_MIN || length > PAYLOAD_BYTES_MAX) return undefined
  return FRAME_HEADER_BYTES + length
}

/** The positions that a frame header claims, unchecked: cheap enough to ask at every byte. */
export function frameClaimAt(bytes: Buffer, at: number): { seq: number; syncedSeq: number } {
  return { seq: readUint64(bytes, at + SEQ), syncedSeq: readUint64(bytes, at + SYNCED_SEQ) }
}

/** The frame in `bytes` from `at` to `end`, as frameBytesAt gave it; `undefined` when its checksum differs. */
export function readFrame(bytes: Buffer, at: number, end: number): Frame | undefined {
  if (bytes.readUInt32LE(at) !== crc32(bytes.subarray(at + LENGTH, end))) return undefined
  return {
    seq: readUint64(bytes, at + SEQ),
    syncedSeq: readUint64(bytes, at + SYNCED_SEQ),
    payload: bytes.subarray(at + FRAME_HEADER_BYTES, end),
  }
}
