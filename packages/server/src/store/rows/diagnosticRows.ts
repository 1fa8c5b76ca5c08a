import type { Fault } from '@playhead/protocol'
import type { Clipped } from '../../session/mediaEvent.ts'
import { type Notice, Oddity, oddityTexts } from '../../session/oddity.ts'
import type { SessionState } from '../../session/state.ts'
import type { SentEvent } from './eventRow.ts'
import { type Row, wellFormed } from './row.ts'
import { viewingOf } from './viewing.ts'

/** The event a remark is about. */
type RemarkedEvent = Omit<SentEvent, 'body' | 'clockOffsetMs'>

/**
 * What the strict policy would have refused about an event, in table `diagnostics`.
 *
 * @param session as the event left it, or the one it ended; absent: it was over before
 */
export function faultRow(event: RemarkedEvent, fault: Fault, session: SessionState | undefined): Row {
  const { code, pointer, message, expected, got, hint } = fault
  return remark(event, { code, pointer, message, expected, got, hint }, session)
}

/** That texts of an event are kept in part, and which; in table `diagnostics`. The archive has the event whole. */
export function clippedRow(
  event: RemarkedEvent,
  { pointers, count }: Clipped,
  session: SessionState | undefined,
): Row {
  const [pointer = ''] = pointers
  const names = pointers.join(', ')
  const got = count > pointers.length ? `${names}, … (${count})` : names
  const code = Oddity.textClipped
  return remark(event, { code, pointer, got, ...oddityTexts[code] }, session)
}

/** What the engine noticed about an event, in table `diagnostics`. */
export function noticeRow(
  sid: string,
  { seq, type, receivedAtMs, oddity, got }: Notice,
  session: SessionState | undefined,
): Row {
  return remark(
    { sid, seq, receivedAtMs, eventType: type },
    { code: oddity, pointer: '', got, ...oddityTexts[oddity] },
    session,
  )
}

type Remark = Readonly<Record<'code' | 'pointer' | 'message', string>> &
  Readonly<Partial<Record<'expected' | 'got' | 'hint', string | undefined>>>

function remark(
  { sid, seq, receivedAtMs, eventType }: RemarkedEvent,
  said: Remark,
  session: SessionState | undefined,
): Row {
  const player = session && viewingOf(session).all
  const { code, pointer, message, expected, got, hint } = said
  return {
    sid,
    seq,
    received_at: receivedAtMs,
    event_type: wellFormed(eventType),
    code,
    pointer: wellFormed(pointer),
    message: wellFormed(message),
    expected: expected?.toWellFormed() ?? null,
    got: got?.toWellFormed() ?? null,
    hint: hint?.toWellFormed() ?? null,
    session_started_at: session?.life.startedAtMs ?? null,
    player_name: player?.['player_name'] ?? null,
    app_version: player?.['app_version'] ?? null,
  }
}
