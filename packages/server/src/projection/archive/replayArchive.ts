import {
  arrivalOf,
  fingerprintOf,
  normalise,
  normaliseDownload,
  type StoredEvent,
} from '../../events/normalise.ts'
import { isDownloaded, sidFloor } from '../../events/sessionId.ts'
import { type Replay, replayDownload, type Replayed, type SessionRules, startReplay } from '@playhead/engine'

/** An event as table `events` has it. */
export interface ArchivedEvent {
  readonly seq: number
  /** Epoch milliseconds. */
  readonly received_at: number
  readonly body: string
}

/** An event of the archive whose body has been parsed. */
export interface ParsedEvent extends StoredEvent {
  readonly json: unknown
}

/** Run the archived events of a session, which come in the order of `seq`, through the engine again. */
export function startArchiveReplay(sid: string, rules: SessionRules): Replay<ParsedEvent> {
  const replay = startReplay(sid, rules)
  let list: { readonly receivedAtMs: number; readonly bodies: unknown[] } | undefined
  return {
    take(event) {
      const { seq, receivedAtMs, json } = event
      if (seq === 1 && isStartOfList(sid, seq, receivedAtMs, arrivalOf(json, receivedAtMs).tsMs))
        list = { receivedAtMs, bodies: [] }
      if (list === undefined) replay.take(normalise(event, json))
      // A list came in at one moment; earlier versions also took an end that was sent to it afterwards.
      else if (receivedAtMs === list.receivedAtMs) list.bodies.push(json)
    },
    end: (isOpen) => (list ? replayList(sid, list, rules) : replay.end(isOpen)),
  }
}

/** Run all of them at once. */
export function replayArchive(
  sid: string,
  events: readonly ArchivedEvent[],
  rules: SessionRules,
  isOpen = false,
): Replayed | undefined {
  const replay = startArchiveReplay(sid, rules)
  for (const event of events) replay.take(parse(event))
  return replay.end(isOpen)
}

function parse({ seq, received_at: receivedAtMs, body }: ArchivedEvent): ParsedEvent {
  return { seq, receivedAtMs, fingerprint: fingerprintOf(body), json: JSON.parse(body) }
}

/**
 * Events of a downloaded session are numbered from 1, and its id says what it is. Of online sessions the number 1 is in
 * the first one the server ever took, if at all. Ids of earlier versions did not say it, but have the `ts` of the start.
 */
export function isStartOfList(sid: string, seq: number, receivedAtMs: number, tsMs: number): boolean {
  if (seq !== 1) return false
  const hasItsTime = sid.startsWith(sidFloor(tsMs)) && tsMs !== receivedAtMs
  return hasItsTime || isDownloaded(sid)
}

function replayList(
  sid: string,
  { bodies, receivedAtMs }: { readonly bodies: readonly unknown[]; readonly receivedAtMs: number },
  rules: SessionRules,
): Replayed {
  const [start, ...others] = normaliseDownload(bodies)
  const listed = [start.event, others.map(({ event }) => event)] as const
  const { facts, warnings, session } = replayDownload(sid, listed, rules, receivedAtMs)
  const closed = facts.findLast((fact) => fact.kind === 'sessionClosed')
  return { facts, warnings, state: closed?.session.state ?? session }
}
