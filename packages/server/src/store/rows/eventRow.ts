import type { MediaEvent } from '../../session/mediaEvent.ts'
import { type Row, wellFormed } from './row.ts'

/** An accepted event in table `events`, the permanent archive; `body` is the JSON as it came. */
export function eventRow(sid: string, event: MediaEvent, eventType: string, body: Buffer): Row {
  return {
    sid,
    seq: event.seq,
    received_at: event.receivedAtMs,
    ts: event.tsMs,
    event_type: wellFormed(eventType),
    playhead: event.playheadMs / 1000,
    body: body.toString('utf8'),
  }
}
