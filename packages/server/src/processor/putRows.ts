import type { Fault } from '@playhead/protocol'
import type { Fact } from '../session/fact.ts'
import type { MediaEvent } from '../session/mediaEvent.ts'
import { type Notice, Oddity } from '../session/oddity.ts'
import type { SessionState } from '../session/state.ts'
import { clippedRow, faultRow, noticeRow } from '../store/rows/diagnosticRows.ts'
import { eventRow, type SentEvent } from '../store/rows/eventRow.ts'
import { factRow } from '../store/rows/factRow.ts'
import { type Batch, put } from './batch.ts'
import type { Warnings } from './warnings.ts'

/** Archive an event, with what the strict policy would have said of it. */
export function putEvent(
  batch: Batch,
  event: MediaEvent,
  sent: SentEvent,
  faults: readonly Fault[],
  session: SessionState | undefined,
  warnings: Warnings,
): void {
  const key = `${sent.sid} ${sent.seq}`
  put(batch, 'events', key, eventRow(event, sent))
  for (const fault of faults) {
    const kept = warnings.take()
    if (kept === 'itself')
      put(batch, 'diagnostics', `${key} ${fault.code} ${fault.pointer}`, faultRow(sent, fault, session))
    else if (kept === 'limit') putLimit(batch, { ...sent, type: event.type }, session)
  }
  if (event.clipped === undefined) return
  const kept = warnings.take()
  if (kept === 'itself')
    put(batch, 'diagnostics', `${key} ${Oddity.textClipped}`, clippedRow(sent, event.clipped, session))
  else if (kept === 'limit') putLimit(batch, { ...sent, type: event.type }, session)
}

/** Keep what was odd about an event. */
export function putNotice(
  batch: Batch,
  sid: string,
  notice: Notice,
  session: SessionState | undefined,
  warnings: Warnings,
): void {
  const kept = warnings.take()
  if (kept === 'limit') putLimit(batch, { ...notice, sid }, session)
  if (kept !== 'itself') return
  put(batch, 'diagnostics', `${sid} ${notice.seq} ${notice.oddity}`, noticeRow(sid, notice, session))
}

/** Put what an event led to into its table. */
export function putFact(batch: Batch, fact: Fact, session: SessionState, version: number): void {
  const { table, key, row } = factRow(fact, session, version)
  put(batch, table, key, row)
}

function putLimit(
  batch: Batch,
  { sid, seq, type, receivedAtMs }: Omit<Notice, 'oddity'> & { readonly sid: string },
  session: SessionState | undefined,
): void {
  const notice = { seq, type, receivedAtMs, oddity: Oddity.warningLimit }
  put(batch, 'diagnostics', `${sid} ${seq} ${notice.oddity}`, noticeRow(sid, notice, session))
}
