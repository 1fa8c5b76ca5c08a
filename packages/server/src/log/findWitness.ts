import { FRAME_HEADER_BYTES, frameBytesAt, frameClaimAt, readFrame } from './frame.ts'
import { PAYLOAD_BYTES_MIN } from './record.ts'

/**
 * Looks from `at` on for the next sound frame of record `seq` or a later one, below `endSeq`, where nobody knows how far
 * the damage in front of it goes.
 *
 * @returns where it begins; `undefined` when there is none
 */
export function findSoundFrame(
  bytes: Buffer,
  start: number,
  seq: number,
  endSeq: number,
): number | undefined {
  const seqMax = seq + Math.ceil((bytes.length - start) / (FRAME_HEADER_BYTES + PAYLOAD_BYTES_MIN))
  for (let at = start; at + FRAME_HEADER_BYTES <= bytes.length; at++) {
    const claim = frameClaimAt(bytes, at)
    if (claim.seq < seq || claim.seq >= endSeq || claim.seq > seqMax || claim.syncedSeq >= claim.seq) continue
    const length = frameBytesAt(bytes, at)
    if (length === undefined || at + length > bytes.length) continue
    if (readFrame(bytes, at, at + length) !== undefined) return at
  }
  return undefined
}

/**
 * Looks for a frame that proves that record `seq`, unreadable where `tail` begins, had been acknowledged: a sound
 * frame of a later record that was written when `seq` was known to be on disk. Where a torn write ends nobody knows,
 * so every byte may begin a frame; the positions it would claim rule out nearly all of them before a checksum is made.
 *
 * The body of an event cannot be mistaken for a frame, whoever sent it: every seq has zero bytes, JSON has none.
 *
 * @returns the witness's seq, or `undefined`: then nobody was told that `seq` is safe, or the proof is gone too.
 */
export function findWitness(tail: Buffer, seq: number): number | undefined {
  // As many records as could lie between, were they all of the smallest kind.
  const seqMax = seq + Math.ceil(tail.length / (FRAME_HEADER_BYTES + PAYLOAD_BYTES_MIN))
  for (let at = 0; at + FRAME_HEADER_BYTES <= tail.length; at++) {
    const claim = frameClaimAt(tail, at)
    if (claim.syncedSeq < seq || claim.seq <= claim.syncedSeq || claim.seq > seqMax) continue
    const bytes = frameBytesAt(tail, at)
    if (bytes === undefined || at + bytes > tail.length) continue
    if (readFrame(tail, at, at + bytes) !== undefined) return claim.seq
  }
  return undefined
}
