import type { Journal } from './log/journal.ts'
import { arrivedAtMs } from './log/record.ts'
import type { Checkpoint } from './projection/checkpoint.ts'
import { StartError } from './startError.ts'
import type { Gate } from './ingest/gate.ts'
import { isList } from './events/listElements.ts'
import { arrivalOf } from './events/normalise.ts'
import { textBytesOf } from './events/textRoom.ts'
import type { ServerClockParts } from './ingest/serverClock.ts'

/**
 * Let the gate hear of every session that is open, before the first request: a 404 or 410 must be right at once.
 * Answers where the log's clock stands.
 */
export async function fillGate(
  gate: Gate,
  checkpoint: Checkpoint,
  journal: Journal,
): Promise<Pick<ServerClockParts, 'floorMs' | 'offsetMs'>> {
  if (checkpoint.seq > journal.lastSeq || checkpoint.seq + 1 < journal.firstSeq) {
    throw new StartError(
      `the checkpoint is at ${checkpoint.seq}, but the journal goes from ${journal.firstSeq} to ${journal.lastSeq}: they belong to different data folders, or one of them was lost. See docs/operating.md, When data is damaged`,
    )
  }
  let floorMs = journal.lastReceivedAtMs
  let offsetMs = checkpoint.clockOffsetMs
  for (const { state, clockOffsetMs } of checkpoint.sessions) {
    gate.restore(state.sid, state.life, state.eventCount, clockOffsetMs, textBytesOf(state.start))
    floorMs = Math.max(floorMs, state.life.lastEventAtMs - clockOffsetMs)
  }
  for await (const record of journal.readFrom(checkpoint.seq + 1, { follow: false })) {
    if (record.kind === 'clock') offsetMs = record.clockOffsetMs ?? 0
    // A list is closed when it comes, and may be long.
    if (record.kind !== 'event' || isList(record.body)) continue
    const known = gate.clockOffsetOf(record.sid)
    const clockOffsetMs = known ?? record.clockOffsetMs ?? 0
    const atMs = arrivedAtMs({ receivedAtMs: record.receivedAtMs, clockOffsetMs })
    const arrival = arrivalOf(JSON.parse(record.body.toString('utf8')), atMs)
    gate.note(record.sid, arrival, clockOffsetMs, record.body.length)
    // A session may have begun by a new clock before a clock record said so.
    if (known === undefined && gate.clockOffsetOf(record.sid) !== undefined) offsetMs = clockOffsetMs
  }
  return { floorMs, offsetMs }
}
