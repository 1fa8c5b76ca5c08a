import { findListedProblems } from '@playhead/protocol'
import { listElements } from '../events/listElements.ts'
import { eventTypeOf, normaliseListed, startOfList } from '../events/normalise.ts'
import { acceptedRepeatedKey } from '../events/repeatedKey.ts'
import { arrivedAtMs, type LogRecord } from '../log/record.ts'
import { type MediaEvent, replayDownloadInSteps, type SessionRules } from '@playhead/engine'
import type { Batch } from './batch.ts'
import { putEvent, putFact, putWarning } from './putRows.ts'
import { WarningLimit } from './warningLimit.ts'

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
  const { session, facts, warnings } = step.value
  const warningLimit = new WarningLimit()
  for (const { index, bytes, json } of listElements(body, 'lenient', noBounds)) {
    const { event, body: part } = normaliseListed(json, index)
    const problems = warningLimit.isFull ? [] : findListedProblems(json, index, 'strict')
    const repeated = acceptedRepeatedKey(bytes, json)
    if (repeated !== undefined) problems.push(repeated)
    const sent = {
      sid,
      seq: event.seq,
      receivedAtMs,
      clockOffsetMs,
      eventType: eventTypeOf(json),
      body: part,
    }
    putEvent(batch, event, sent, problems, session, warningLimit)
    yield
  }
  for (const warning of warnings) {
    // On the server's clock, as every row of the table: by the device's it might lie in any month.
    putWarning(batch, sid, { ...warning, receivedAtMs }, session, warningLimit)
    yield
  }
  for (const fact of facts) {
    // Everything in a list is closed; one row for each says so, whenever they are stored.
    if (fact.kind === 'adStarted' || fact.kind === 'sessionStarted') continue
    putFact(batch, fact, session, seq)
    yield
  }
}
