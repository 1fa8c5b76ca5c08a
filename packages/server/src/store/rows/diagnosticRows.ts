import type { Fault } from '@playhead/protocol'
import { type Notice, oddityTexts } from '../../session/oddity.ts'
import { type Row, wellFormed } from './row.ts'

/** The event a remark is about. */
export interface RemarkedEvent {
  readonly sid: string
  readonly seq: number
  readonly receivedAtMs: number
  readonly eventType: string
}

/**
 * The remarks about one event, in table `diagnostics`: what the strict policy would have refused, then what
 * the engine noticed.
 */
export function diagnosticRows(
  event: RemarkedEvent,
  faults: readonly Fault[],
  notices: readonly Notice[],
): Row[] {
  const ofFaults = faults.map(({ code, pointer, message, expected, got, hint }) => ({
    code,
    pointer: wellFormed(pointer),
    message: wellFormed(message),
    expected: expected === undefined ? null : wellFormed(expected),
    got: got === undefined ? null : wellFormed(got),
    hint: hint === undefined ? null : wellFormed(hint),
  }))
  const ofNotices = notices.map(({ oddity }) => ({ code: oddity, pointer: '', ...oddityTexts[oddity] }))
  return [...ofFaults, ...ofNotices].map((remark, ordinal) => ({
    sid: event.sid,
    seq: event.seq,
    ordinal,
    received_at: event.receivedAtMs,
    event_type: wellFormed(event.eventType),
    ...remark,
  }))
}
