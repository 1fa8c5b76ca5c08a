import { arrivalOf, normalise, normaliseDownload } from '../ingest/normalise.ts'
import { sidFloor } from '../ingest/sessionId.ts'
import { replayDownload } from '../session/download.ts'
import type { MediaEvent } from '../session/mediaEvent.ts'
import { type Replay, replay } from '../session/replay.ts'
import type { SessionRules } from '../session/rules.ts'

/** An event as table `events` has it. */
export interface ArchivedEvent {
  readonly seq: number
  /** Epoch milliseconds. */
  readonly received_at: number
  readonly body: string
}

/**
 * Run the archived events of a session through the engine again; `undefined` where its start is not among them.
 *
 * @param events in the order of `seq`
 * @param isOpen whether the session still is, according to the store
 */
export function replayArchive(
  sid: string,
  events: readonly ArchivedEvent[],
  rules: SessionRules,
  isOpen = false,
): Replay | undefined {
  return isDownload(sid, events)
    ? replayList(sid, events, rules)
    : replay(sid, events.map(eventOf), rules, isOpen)
}

function eventOf({ seq, received_at: receivedAtMs, body }: ArchivedEvent): MediaEvent {
  return normalise({ seq, receivedAtMs, body: Buffer.from(body) }, JSON.parse(body))
}

/**
 * Events of a downloaded session are numbered from 1, and its id has the `ts` of its start. Of online sessions the
 * number 1 is in the first one the server ever took, if at all, and its id has the server's time.
 */
function isDownload(sid: string, [first]: readonly ArchivedEvent[]): boolean {
  if (first?.seq !== 1) return false
  const { tsMs } = arrivalOf(JSON.parse(first.body), first.received_at)
  return sid.startsWith(sidFloor(tsMs)) && tsMs !== first.received_at
}

function replayList(sid: string, events: readonly ArchivedEvent[], rules: SessionRules): Replay {
  const [start, ...others] = normaliseDownload(events.map(({ body }): unknown => JSON.parse(body)))
  const { facts, notices, session } = replayDownload(
    sid,
    [start.event, others.map(({ event }) => event)],
    rules,
  )
  const closed = facts.findLast((fact) => fact.kind === 'sessionClosed')
  return { facts, notices, state: closed?.session.state ?? session }
}
