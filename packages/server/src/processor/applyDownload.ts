import { findListedFaults } from '@playhead/protocol'
import { listElements } from '../ingest/listElements.ts'
import { eventTypeOf, normaliseListed, startOfList } from '../ingest/normalise.ts'
import { acceptedRepeatedKey } from '../ingest/repeatedKey.ts'
import { arrivedAtMs, type LogRecord } from '../log/record.ts'
import { replayDownloadInSteps } from '../session/download.ts'
import type { MediaEvent } from '../session/mediaEvent.ts'
import type { SessionRules } from '../session/rules.ts'
import type { Batch } from './batch.ts'
import { putEvent, putFact, putNotice } from './putRows.ts'
import { Warnings } from './warnings.ts'

/** What is in the log was accepted, maybe by a version with other bounds. */
const noBounds = { eventMaxBytes: Infinity, eventsMax: Infinity }

/**
 * Apply a downloaded session, which comes whole in one record; its events are numbered by their places in the list. In steps,
 * one for each event and each row: the longest list takes a second or two. The list is read twice, so that no more than the
 * engine's events are in memory at once.
 */
export function* applyDownload(
  record: Extract<LogRecord, { kind: 'event' }>,
  rules: SessionRules,
  batch: Batch,
): Generator<void, void, void> {
  const { sid, seq, clockOffsetMs = 0, body } = record
  const receivedAtMs = arrivedAtMs(record)
  const events: MediaEvent[] = []
  for (const { index, json } of listElements(body, 'lenient', noBounds)) {
    events.push(normaliseListed(json, index).event)
    yield
  }
  const [first, ...others] = events
  const replay = replayDownloadInSteps(sid, [startOfList(first), others], rules, receivedAtMs)
  let step = replay.next()
  for (; step.done !== true; step = replay.next()) yield
  const { session, facts, notices } = step.value
  const warnings = new Warnings()
  for (const { index, bytes, json } of listElements(body, 'lenient', noBounds)) {
    const { event, body: part } = normaliseListed(json, index)
    const faults = warnings.isFull ? [] : findListedFaults(json, index, 'strict')
    const repeated = acceptedRepeatedKey(bytes, json)
    if (repeated !== undefined) faults.push(repeated)
    const sent = {
      sid,
      seq: event.seq,
      receivedAtMs,
      clockOffsetMs,
      eventType: eventTypeOf(json),
      body: part,
    }
    putEvent(batch, event, sent, faults, session, warnings)
    yield
  }
  for (const notice of notices) {
    // On the server's clock, as every row of the table: by the device's it might lie in any month.
    putNotice(batch, sid, { ...notice, receivedAtMs }, session, warnings)
    yield
  }
  for (const fact of facts) {
    // Everything in a list is closed; one row for each says so, whenever they are stored.
    if (fact.kind === 'adStarted' || fact.kind === 'sessionStarted') continue
    putFact(batch, fact, session, seq)
    yield
  }
}
