import type { Problem } from '@playhead/protocol'
import { type Clipped, type Warning, WarningCode, warningTexts, type SessionState } from '@playhead/engine'
import type { SentEvent } from './eventRow.ts'
import { type Row, wellFormed } from './row.ts'
import { viewingOf } from './viewing.ts'

/** The event a warning is about. */
type DiagnosedEvent = Omit<SentEvent, 'body' | 'clockOffsetMs'>

/**
 * What the strict policy would have refused about an event, in table `diagnostics`.
 *
 * @param session as the event left it, or the one it ended; absent: it was over before
 */
export function problemRow(event: DiagnosedEvent, problem: Problem, session: SessionState | undefined): Row {
  const { code, pointer, message, expected, got, hint } = problem
  return diagnosticRow(event, { code, pointer, message, expected, got, hint }, session)
}

/** That texts of an event are kept in part, and which; in table `diagnostics`. The archive has the event whole. */
export function clippedRow(
  event: DiagnosedEvent,
  { pointers, count }: Clipped,
  session: SessionState | undefined,
): Row {
  const [pointer = ''] = pointers
  const names = pointers.join(', ')
  const got = count > pointers.length ? `${names}, … (${count})` : names
  const code = WarningCode.textClipped
  return diagnosticRow(event, { code, pointer, got, ...warningTexts[code] }, session)
}

/** What the engine noticed about an event, in table `diagnostics`. */
export function warningRow(
  sid: string,
  { seq, type, receivedAtMs, code, got }: Warning,
  session: SessionState | undefined,
): Row {
  return diagnosticRow(
    { sid, seq, receivedAtMs, eventType: type },
    { code: code, pointer: '', got, ...warningTexts[code] },
    session,
  )
}

type Diagnostic = Readonly<Record<'code' | 'pointer' | 'message', string>> &
  Readonly<Partial<Record<'expected' | 'got' | 'hint', string | undefined>>>

function diagnosticRow(
  { sid, seq, receivedAtMs, eventType }: DiagnosedEvent,
  said: Diagnostic,
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
