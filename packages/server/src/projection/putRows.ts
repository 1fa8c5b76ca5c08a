import type { Problem } from '@playhead/protocol'
import { type Fact, type MediaEvent, type Warning, WarningCode, type SessionState } from '@playhead/engine'
import { clippedRow, problemRow, warningRow } from './rows/diagnosticRows.ts'
import { eventRow, type SentEvent } from './rows/eventRow.ts'
import { factRow } from './rows/factRow.ts'
import { type Batch, put } from './batch.ts'
import type { WarningLimit } from './warningLimit.ts'

/** Archive an event, with what the strict policy would have said of it. */
export function putEvent(
  batch: Batch,
  event: MediaEvent,
  sent: SentEvent,
  problems: readonly Problem[],
  session: SessionState | undefined,
  warningLimit: WarningLimit,
): void {
  const key = `${sent.sid} ${sent.seq}`
  put(batch, 'events', key, eventRow(event, sent))
  for (const problem of problems) {
    const kept = warningLimit.take()
    if (kept === 'itself')
      put(
        batch,
        'diagnostics',
        `${key} ${problem.code} ${problem.pointer}`,
        problemRow(sent, problem, session),
      )
    else if (kept === 'limit') putLimit(batch, { ...sent, type: event.type }, session)
  }
  if (event.clipped === undefined) return
  const kept = warningLimit.take()
  if (kept === 'itself')
    put(batch, 'diagnostics', `${key} ${WarningCode.textClipped}`, clippedRow(sent, event.clipped, session))
  else if (kept === 'limit') putLimit(batch, { ...sent, type: event.type }, session)
}

/** Keep what was odd about an event. */
export function putWarning(
  batch: Batch,
  sid: string,
  warning: Warning,
  session: SessionState | undefined,
  warningLimit: WarningLimit,
): void {
  const kept = warningLimit.take()
  if (kept === 'limit') putLimit(batch, { ...warning, sid }, session)
  if (kept !== 'itself') return
  put(batch, 'diagnostics', `${sid} ${warning.seq} ${warning.code}`, warningRow(sid, warning, session))
}

/** Put what an event led to into its table. */
export function putFact(batch: Batch, fact: Fact, session: SessionState, version: number): void {
  const { table, key, row } = factRow(fact, session, version)
  put(batch, table, key, row)
}

function putLimit(
  batch: Batch,
  { sid, seq, type, receivedAtMs }: Omit<Warning, 'code'> & { readonly sid: string },
  session: SessionState | undefined,
): void {
  const warning = { seq, type, receivedAtMs, code: WarningCode.warningLimit }
  put(batch, 'diagnostics', `${sid} ${seq} ${warning.code}`, warningRow(sid, warning, session))
}
