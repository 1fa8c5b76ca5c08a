import { createHash } from 'node:crypto'
import type { NewRecord } from '../../src/log/record.ts'

/** The record that the crash test expects at `seq`: every seventh is the time, the others have 0 to 2 kB of body. */
export function recordOf(seq: number): NewRecord {
  const receivedAtMs = 1_700_000_000_000 + seq
  if (seq % 7 === 0) return { kind: 'clock', receivedAtMs }
  const digest = createHash('sha256').update(`${seq}`).digest()
  const body = Buffer.alloc(digest.readUInt16LE() % 2000, digest.toString('base64'))
  return { kind: 'event', receivedAtMs, sid: digest.toString('hex'), body }
}
