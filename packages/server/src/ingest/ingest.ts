import {
  type DownloadEndpoint,
  accepted,
  type Endpoint,
  type EventType,
  type Problem,
  ProblemCode,
  refused,
  type Result,
  findDownloadProblems,
  findProblems,
  isEventType,
  type ValidationPolicy,
} from '@playhead/protocol'
import { downloadOf } from './downloadOf.ts'
import { bodyTooLarge } from '../events/bodyTooLarge.ts'
import { type CheckedList, checkList } from './checkList.ts'
import { inSteps, type Step } from './inSteps.ts'
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

/** An event that is on disk now. */
export interface Taken {
  readonly sid: string
  /** What was taken: an event type, or a downloaded session. */
  readonly kind: EventType | 'downloaded' | 'other'
}

export interface Ingest {
  /**
   * Take the body of `POST /api/v1/sessions`: a start, or the list of a downloaded session. Resolves when it is durable.
   * A start that repeats one whose answer was lost gets the id of the first, once both are.
   */
  openSession(body: Buffer, sender?: Sender): Promise<Result<Taken>>
  /** Take the body of `POST /api/v1/sessions/{sid}/events`. Resolves when the event is durable. */
  takeEvent(sid: string, body: Buffer): Promise<Result<Taken>>
  /** Take the body of `POST /api/v1/downloaded`, a whole session. Resolves when it is durable. */
  takeDownload(body: Buffer, sender?: Sender): Promise<Result<Taken>>
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

interface Received {
  readonly body: Buffer
}

/** An event of a session that is open, as it says. */
interface OfSession extends Received {
  readonly sid: string
}

/** What begins a session: a start, or a list. */
interface FromSender extends Received {
  readonly sender: Sender
}

type Read<Given> = Given & { readonly json: unknown }

interface ReadList extends FromSender {
  readonly list: CheckedList
}

/**
 * read → validate → authenticate → admit → reserve → append: each step passes the event on, or refuses it with all that is
 * wrong. What `append` acknowledges is on disk.
 */
export function createIngest(parts: IngestParts): Ingest {
  const { journal, gate, ids, policy, admission, capacity, eventBodyMaxBytes, timeouts, clock } = parts
  const { now } = clock
  const lists = new OneListAtATime()
  const starts = new RepeatedStarts()

  /** What the session's clock adds to the log's: of one that is not open, what one that begins now does. */
  const clockOffsetOf = (sid: string): number => gate.clockOffsetOf(sid) ?? clock.offsetMs
  const bound = <Given extends Received>(received: Given): Result<Given> =>
    received.body.length > eventBodyMaxBytes ? refused([bodyTooLarge(eventBodyMaxBytes)]) : accepted(received)

  function read<Given extends Received>(received: Given): Result<Read<Given>> {
    const parsed = readJson(received.body, policy)
    return parsed.ok ? accepted({ ...received, json: parsed.value }) : parsed
  }

  const validate =
    (endpoint: Endpoint) =>
    <Given extends Read<Received>>(event: Given): Result<Given> =>
      unless(findProblems(event.json, policy, endpoint), event)

  async function readList(received: FromSender, endpoint: DownloadEndpoint): Promise<Result<ReadList>> {
    const { body } = received
    const bounds = { eventMaxBytes: eventBodyMaxBytes, eventsMax }
    const list = await lists.run(body.length, checkList(body, policy, endpoint, bounds, timeouts))
    if (!('ok' in list)) return refused([list])
    return list.ok ? accepted({ ...received, list }) : refused(list.problems)
  }

  const authenticate = (event: Read<OfSession>): Result<Read<OfSession>> =>
    ids.isAuthentic(event.sid) ? accepted(event) : refused([unknownSession])

  /** Whether the session takes the event. */
  function admit(event: Read<OfSession>): Result<Read<OfSession>> {
    const { sid, json } = event
    const arrival = arrivalOf(json, now() + clockOffsetOf(sid))
    if (!gate.isOpen(sid, arrival) && (isDownloaded(sid) || !isEnding(arrival.type)))
      return refused([closedSession])
    if (gate.eventsOf(sid) >= eventsMax && arrival.type !== 'sessionEnd') return refused([sessionTooLong])
    return accepted(event)
  }

  /** Whether a session may begin here. */
  const admitStart = (event: Read<FromSender>): Result<Read<FromSender>> =>
    unless(findAdmissionProblems(admission, event.json, event.sender.origin), event)

  function admitList(event: ReadList): Result<ReadList> {
    const problems = findAdmissionProblems(admission, event.list.first, event.sender.origin)
    return unless(
      problems.map((problem) => ({ ...problem, pointer: problem.pointer && `/0${problem.pointer}` })),
      event,
    )
  }

  function reserve(event: Read<OfSession>): Result<Read<OfSession>> {
    starts.forget(event.sid)
    return unless(capacity.refuseEvent(now()), event)
  }

  const reserveList = (event: ReadList): Result<ReadList> =>
    unless(capacity.refuseDownload(reportSuiteOf(event.list.first), now()), event)

  /** Resolves when the body is durable, or with why it cannot be now. */
  async function append<Value>(
    { sid, body }: OfSession,
    receivedAtMs: number,
    clockOffsetMs: number,
    value: Value,
  ): Promise<Result<Value>> {
    const offset = clockOffsetMs === 0 ? {} : { clockOffsetMs }
    try {
      await journal.append({ kind: 'event', receivedAtMs, ...offset, sid, body })
      return accepted(value)
    } catch (error) {
      if (isUnavailable(error)) return refused([unavailable(error)])
      throw error
    }
  }

  async function appendEvent(
    { sid, body, json }: Read<OfSession>,
    receivedAtMs: number = now(),
  ): Promise<Result<Taken>> {
    const clockOffsetMs = clockOffsetOf(sid)
    const arrival = arrivalOf(json, receivedAtMs + clockOffsetMs)
    const taken = { sid, kind: kindOf(arrival.type) }
    const result = await append({ sid, body }, receivedAtMs, clockOffsetMs, taken)
    if (result.ok) gate.note(sid, arrival, clockOffsetMs, body.length)
    return result
  }

  /** Open a session, or find the one that a start repeats: then the repetition is an event of that one. */
  async function reserveAndAppendStart({
    body,
    json,
    sender: { address },
  }: Read<FromSender>): Promise<Result<Taken>> {
    const key = address === undefined ? undefined : repeatKeyOf(json, body, address)
    for (let first = key && starts.find(key, now()); first; first = key && starts.find(key, now())) {
      const isDurable = await first.isDurable
      const receivedAtMs = now()
      // Meanwhile an event may have come, or another start may be the first.
      if (key === undefined || starts.find(key, receivedAtMs) !== first) continue
      if (!isDurable || !gate.isOpen(first.sid, arrivalOf(json, receivedAtMs + clockOffsetOf(first.sid))))
        break
      return appendEvent({ sid: first.sid, body, json }, receivedAtMs)
    }
    const problem = capacity.refuseStart(reportSuiteOf(json), now())
    if (problem !== undefined) return refused([problem])
    const receivedAtMs = now()
    const sid = ids.create(receivedAtMs + clock.offsetMs)
    const appended = appendEvent({ sid, body, json }, receivedAtMs)
    if (key !== undefined) starts.remember(key, sid, receivedAtMs, appended)
    return appended
  }

  function appendList({ body, list }: ReadList): Promise<Result<Taken>> {
    const sid = ids.createFor(downloadOf(list))
    return append({ sid, body }, now(), clockOffsetOf(sid), { sid, kind: 'downloaded' as const })
  }

  const takeStart = inSteps(
    bound<FromSender>,
    read<FromSender>,
    validate('sessions')<Read<FromSender>>,
    admitStart,
    reserveAndAppendStart,
  )
  const takeOne = inSteps(
    read<OfSession>,
    validate('events')<Read<OfSession>>,
    authenticate,
    admit,
    reserve,
    (event) => appendEvent(event),
  )
  const takeList = (endpoint: DownloadEndpoint): Step<FromSender, Taken> =>
    inSteps((received) => readList(received, endpoint), admitList, reserveList, appendList)
  /** One event where a list belongs: all that is wrong with it. */
  const refuseOne = inSteps(bound<FromSender>, read<FromSender>, ({ json }): Result<never> =>
    refused(findDownloadProblems(json, policy, 'downloaded')),
  )
  const [takeListAsStart, takeDownload] = [takeList('sessions'), takeList('downloaded')]

  return {
    openSession: async (body, sender = {}) => (isList(body) ? takeListAsStart : takeStart)({ body, sender }),
    takeEvent: async (sid, body) => takeOne({ body, sid }),
    takeDownload: async (body, sender = {}) =>
      isList(body) ? takeDownload({ body, sender }) : refuseOne({ body, sender }),
  }
}

/** What a step says: the event, unless something is wrong. */
function unless<Event>(problems: Problem | readonly Problem[] | undefined, event: Event): Result<Event> {
  if (problems === undefined) return accepted(event)
  const all = 'length' in problems ? problems : [problems]
  return all.length > 0 ? refused(all) : accepted(event)
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
