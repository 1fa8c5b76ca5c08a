import {
  type DownloadEndpoint,
  type EventType,
  type Problem,
  ProblemCode,
  findDownloadProblems,
  findProblems,
  isEventType,
  type ValidationPolicy,
} from '@playhead/protocol'
import { downloadOf } from './downloadOf.ts'
import { bodyTooLarge } from '../events/bodyTooLarge.ts'
import { checkList } from './checkList.ts'
import { isList } from '../events/listElements.ts'
import { OneListAtATime } from './oneListAtATime.ts'
import { eventsMax, type Timeouts } from '@playhead/engine'
import type { Journal } from '../log/journal.ts'
import { JournalBehind, JournalClosed, JournalFailed, JournalFull } from '../log/journalErrors.ts'
import { type Admission, findAdmissionProblems } from './admission.ts'
import type { Capacity } from './capacity.ts'
import type { Gate } from './gate.ts'
import { arrivalOf, reportSuiteOf } from '../events/normalise.ts'
import { readJson } from '../events/readJson.ts'
import { RepeatedStarts, repeatKeyOf } from './repeatedStarts.ts'
import type { ServerClock } from './serverClock.ts'
import { isDownloaded, type SessionIds } from '../events/sessionId.ts'

/** An event that is on disk now, or the reasons why it was refused; a refusal changes nothing. */
export type Verdict =
  | {
      readonly ok: true
      readonly sid: string
      /** What was taken: an event type, or a downloaded session. */
      readonly kind: EventType | 'downloaded' | 'other'
    }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] }

export interface Ingest {
  /**
   * Take the body of `POST /api/v1/sessions`: a start, or the list of a downloaded session. Resolves when it is durable.
   * A start that repeats one whose answer was lost gets the id of the first, once both are.
   */
  openSession(body: Buffer, sender?: Sender): Promise<Verdict>
  /** Take the body of `POST /api/v1/sessions/{sid}/events`. Resolves when the event is durable. */
  takeEvent(sid: string, body: Buffer): Promise<Verdict>
  /** Take the body of `POST /api/v1/downloaded`, a whole session. Resolves when it is durable. */
  takeDownload(body: Buffer, sender?: Sender): Promise<Verdict>
}

/** Who sent a start. */
export interface Sender {
  /** Of the page, where one sent it. */
  readonly origin?: string | undefined
  /** Of the client on the network. */
  readonly address?: string
}

export interface IngestParts {
  readonly journal: Journal
  readonly gate: Gate
  readonly ids: SessionIds
  readonly policy: ValidationPolicy
  readonly admission: Admission
  readonly capacity: Capacity
  readonly eventBodyMaxBytes: number
  readonly timeouts: Timeouts
  readonly clock: Pick<ServerClock, 'now' | 'offsetMs'>
}

/** read → check → admit → see whether there is room → append → note: each step passes the event on or refuses it with its reasons. */
export function createIngest(parts: IngestParts): Ingest {
  const { journal, gate, ids, policy, admission, capacity, eventBodyMaxBytes, timeouts, clock } = parts
  const { now } = clock
  const lists = new OneListAtATime()
  const starts = new RepeatedStarts()

  /** What the session's clock adds to the log's: of one that is not open, what one that begins now does. */
  const clockOffsetOf = (sid: string): number => gate.clockOffsetOf(sid) ?? clock.offsetMs

  /** Resolves with why the body cannot be durable now; `undefined` when it is. */
  async function append(
    sid: string,
    body: Buffer,
    receivedAtMs: number,
    clockOffsetMs = clockOffsetOf(sid),
  ): Promise<Problem | undefined> {
    const offset = clockOffsetMs === 0 ? {} : { clockOffsetMs }
    try {
      await journal.append({ kind: 'event', receivedAtMs, ...offset, sid, body })
      return undefined
    } catch (error) {
      if (isUnavailable(error)) return unavailable(error)
      throw error
    }
  }

  async function appendEvent(
    sid: string,
    body: Buffer,
    json: unknown,
    receivedAtMs: number = now(),
  ): Promise<Verdict> {
    const clockOffsetMs = clockOffsetOf(sid)
    const problem = await append(sid, body, receivedAtMs, clockOffsetMs)
    if (problem !== undefined) return refuse([problem])
    const arrival = arrivalOf(json, receivedAtMs + clockOffsetMs)
    gate.note(sid, arrival, clockOffsetMs, body.length)
    return { ok: true, sid, kind: kindOf(arrival.type) }
  }

  async function takeList(
    body: Buffer,
    endpoint: DownloadEndpoint,
    origin: string | undefined,
  ): Promise<Verdict> {
    const bounds = { eventMaxBytes: eventBodyMaxBytes, eventsMax }
    const list = await lists.run(body.length, checkList(body, policy, endpoint, bounds, timeouts))
    if (!('ok' in list)) return refuse([list])
    if (!list.ok) return refuse(list.problems)
    const refused = findAdmissionProblems(admission, list.first, origin)
    if (refused.length > 0)
      return refuse(
        refused.map((problem) => ({ ...problem, pointer: problem.pointer && `/0${problem.pointer}` })),
      )
    const problem = capacity.refuseDownload(reportSuiteOf(list.first), now())
    if (problem !== undefined) return refuse([problem])
    const sid = ids.createFor(downloadOf(list))
    const unwritten = await append(sid, body, now())
    return unwritten === undefined ? { ok: true, sid, kind: 'downloaded' } : refuse([unwritten])
  }

  /** Open a session, or find the one that a start repeats: then the repetition is an event of that one. */
  async function appendStart(body: Buffer, start: unknown, address: string | undefined): Promise<Verdict> {
    const key = address === undefined ? undefined : repeatKeyOf(start, body, address)
    for (let first = key && starts.find(key, now()); first; first = key && starts.find(key, now())) {
      const isDurable = await first.isDurable
      const receivedAtMs = now()
      // Meanwhile an event may have come, or another start may be the first.
      if (key === undefined || starts.find(key, receivedAtMs) !== first) continue
      if (!isDurable || !gate.isOpen(first.sid, arrivalOf(start, receivedAtMs + clockOffsetOf(first.sid))))
        break
      return appendEvent(first.sid, body, start, receivedAtMs)
    }
    const problem = capacity.refuseStart(reportSuiteOf(start), now())
    if (problem !== undefined) return refuse([problem])
    const receivedAtMs = now()
    const sid = ids.create(receivedAtMs + clock.offsetMs)
    const appended = appendEvent(sid, body, start, receivedAtMs)
    if (key !== undefined) starts.remember(key, sid, receivedAtMs, appended)
    return appended
  }

  return {
    async openSession(body, { origin, address } = {}) {
      if (isList(body)) return takeList(body, 'sessions', origin)
      if (body.length > eventBodyMaxBytes) return refuse([bodyTooLarge(eventBodyMaxBytes)])
      const parsed = readJson(body, policy)
      if (!parsed.ok) return refuse([parsed.problem])
      const problems = findProblems(parsed.value, policy, 'sessions')
      if (problems.length > 0) return refuse(problems)
      const refused = findAdmissionProblems(admission, parsed.value, origin)
      if (refused.length > 0) return refuse(refused)
      return appendStart(body, parsed.value, address)
    },
    async takeEvent(sid, body) {
      const parsed = readJson(body, policy)
      if (!parsed.ok) return refuse([parsed.problem])
      const problems = findProblems(parsed.value, policy, 'events')
      if (problems.length > 0) return refuse(problems)
      if (!ids.isAuthentic(sid)) return refuse([unknownSession])
      const arrival = arrivalOf(parsed.value, now() + clockOffsetOf(sid))
      if (!gate.isOpen(sid, arrival) && (isDownloaded(sid) || !isEnding(arrival.type)))
        return refuse([closedSession])
      if (gate.eventsOf(sid) >= eventsMax && arrival.type !== 'sessionEnd') return refuse([sessionTooLong])
      starts.forget(sid)
      const problem = capacity.refuseEvent(now())
      return problem === undefined ? appendEvent(sid, body, parsed.value) : refuse([problem])
    },
    async takeDownload(body, { origin } = {}) {
      if (isList(body)) return takeList(body, 'downloaded', origin)
      if (body.length > eventBodyMaxBytes) return refuse([bodyTooLarge(eventBodyMaxBytes)])
      const parsed = readJson(body, policy)
      return refuse(parsed.ok ? findDownloadProblems(parsed.value, policy, 'downloaded') : [parsed.problem])
    },
  }
}

/** The policy `lenient` takes events of types that nobody knows. */
function kindOf(type: string): EventType | 'other' {
  return isEventType(type) ? type : 'other'
}

/**
 * Players send these late and twice; after the close they are taken, kept and change nothing. Not to a downloaded
 * session, which takes no events at all: in the archive they would stand among those of its list.
 */
function isEnding(type: string): boolean {
  return type === 'sessionEnd' || type === 'sessionComplete'
}

const unknownSession: Problem = {
  code: ProblemCode.sessionUnknown,
  pointer: '',
  message: 'No such session: this id was never issued here.',
  hint: 'Open a session with POST /api/v1/sessions and use the id of its Location header.',
}

const closedSession: Problem = {
  code: ProblemCode.sessionClosed,
  pointer: '',
  message: 'The session is closed; it takes no further events.',
  hint: 'Open a new session, with media.resume true if the viewer goes on.',
}

const sessionTooLong: Problem = {
  code: ProblemCode.sessionTooLong,
  pointer: '',
  message: `The session has had ${eventsMax} events; it takes no further ones.`,
  hint: 'Open a new session, with media.resume true; a player sends a ping every 10 seconds.',
}

function isUnavailable(error: unknown): error is Error {
  return [JournalFull, JournalBehind, JournalFailed, JournalClosed].some((kind) => error instanceof kind)
}

function unavailable(cause: Error): Problem {
  if (cause instanceof JournalFull) {
    const message = 'There is no room for the event at present; it was not taken.'
    return { code: ProblemCode.logFull, pointer: '', message }
  }
  return {
    code: ProblemCode.logUnavailable,
    pointer: '',
    message: `The event cannot be made durable at present (${cause.name}); it was not taken.`,
    hint:
      cause instanceof JournalFailed
        ? 'The journal has failed; the server has to start again.'
        : 'Send it again after the time that Retry-After names.',
  }
}

/** At least one problem. */
function refuse(problems: readonly Problem[]): Verdict {
  const [first, ...others] = problems
  if (first === undefined) throw new Error('a refusal needs a problem')
  return { ok: false, problems: [first, ...others] }
}
