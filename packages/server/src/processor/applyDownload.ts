import { type Fault, findListedFaults } from '@playhead/protocol'
import { listElements } from '../ingest/listElements.ts'
import { eventTypeOf, type ListedEvent, normaliseListed, startOfList } from '../ingest/normalise.ts'
import { acceptedRepeatedKey } from '../ingest/repeatedKey.ts'
import { arrivedAtMs, type LogRecord } from '../log/record.ts'
import { replayDownloadInSteps } from '../session/download.ts'
import type { SessionRules } from '../session/rules.ts'
import type { Batch } from './batch.ts'
import { putEvent, putFact, putNotice } from './putRows.ts'
import { Warnings } from './warnings.ts'

/** What is in the log was accepted, maybe by a version with other bounds. */
const noBounds = { eventMaxBytes: Infinity, eventsMax: Infinity }

/**
 * Apply a downloaded session, which comes whole in one record; its events are numbered by their places in the list. In steps,
 * one for each event and each row: the longest list takes a second or two.
 */
export function* applyDownload(
  record: Extract<LogRecord, { kind: 'event' }>,
  rules: SessionRules,
  batch: Batch,
): Generator<void, void, void> {
  const { sid, seq, clockOffsetMs = 0, body } = record
  const receivedAtMs = arrivedAtMs(record)
  const listed: (ListedEvent & { readonly eventType: string; readonly faults: readonly Fault[] })[] = []
  for (const { index, bytes, json } of listElements(body, 'lenient', noBounds)) {
    const faults = findListedFaults(json, index, 'strict')
    const repeated = acceptedRepeatedKey(bytes, json)
    if (repeated !== undefined) faults.push(repeated)
    listed.push({ ...normaliseListed(json, index), eventType: eventTypeOf(json), faults })
    yield
  }
  const [first, ...others] = listed
  const { event: start } = startOfList(first)
  const replay = replayDownloadInSteps(sid, [start, others.map(({ event }) => event)], rules, receivedAtMs)
  let step = replay.next()
  for (; step.done !== true; step = replay.next()) yield
  const { session, facts, notices } = step.value
  const warnings = new Warnings()
  for (const { event, eventType, faults, body: part } of listed) {
    putEvent(
      batch,
      event,
      { sid, seq: event.seq, receivedAtMs, clockOffsetMs, eventType, body: part },
      faults,
      session,
      warnings,
    )
    yield
  }
  for (const notice of notices) {
    putNotice(batch, sid, notice, session, warnings)
    yield
  }
  for (const fact of facts) {
    putFact(batch, fact, session, seq)
    yield
  }
}
