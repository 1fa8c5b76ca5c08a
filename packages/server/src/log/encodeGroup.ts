import { frameBytes, writeFrame } from './frame.ts'
import type { NewRecord } from './record.ts'

/** Records that are written and synced together, as the bytes that go to disk. */
export interface Group {
  bytes: Buffer
  lastSeq: number
  lastReceivedAtMs: number
}

/**
 * Numbers the records and lays them out as frames, one after the other.
 *
 * Time never runs backwards in the log, though clocks do: an arrival before the last record's becomes equal to it,
 * because time-outs are judged from these times.
 */
export function encodeGroup(
  records: readonly NewRecord[],
  after: { lastSeq: number; lastReceivedAtMs: number },
): Group {
  const bytes = Buffer.allocUnsafe(records.reduce((sum, record) => sum + frameBytes(record), 0))
  const syncedSeq = after.lastSeq
  let seq = syncedSeq
  let receivedAtMs = after.lastReceivedAtMs
  let at = 0
  for (const record of records) {
    seq += 1
    receivedAtMs = Math.max(receivedAtMs, record.receivedAtMs)
    at = writeFrame(bytes, at, record, { seq, syncedSeq, receivedAtMs })
  }
  return { bytes, lastSeq: seq, lastReceivedAtMs: receivedAtMs }
}
