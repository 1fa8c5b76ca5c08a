import type { MediaEvent } from '@playhead/engine'
import { type Row, wellFormed } from './row.ts'

/** An event as it was sent. */
export interface SentEvent {
  readonly sid: string
  /** Position in the journal; in a downloaded session the place in the list. */
  readonly seq: number
  readonly eventType: string
  /** Arrival by the clock of its session, epoch milliseconds. */
  readonly receivedAtMs: number
  /** What that clock adds to the log's, milliseconds. */
  readonly clockOffsetMs: number
  /** The JSON as it came. */
  readonly body: Buffer
}

/** An accepted event in table `events`, the permanent archive. */
export function eventRow(
  event: MediaEvent,
  { sid, seq, eventType, receivedAtMs, clockOffsetMs, body }: SentEvent,
): Row {
  return {
    sid,
    seq,
    received_at: receivedAtMs,
    clock_offset: clockOffsetMs,
    ts: event.tsMs,
    event_type: wellFormed(eventType),
    playhead: event.playheadMs / 1000,
    body: body.toString('utf8'),
  }
}
