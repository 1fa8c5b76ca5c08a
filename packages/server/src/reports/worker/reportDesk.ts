import { Readable } from 'node:stream'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { Reports } from '../reports.ts'
import { type ArchivedSize, archivedSize } from '../readSession.ts'
import { refusingAtBounds, ReportRefused } from '../reportRefused.ts'
import type { Answer, Question } from './answerQuestion.ts'
import type { Suites } from './messages.ts'
import { ReportWorker, type ReportWorkerOptions } from './reportWorker.ts'
import { Turns } from './turns.ts'

/** Events of a session that is explained, or listed, at once, in some ten milliseconds; those with more have their turn. */
export const shortSessionEventsMax = 2000
/** The same in bytes of their bodies. */
const shortSessionMaxBytes = 1_048_576
/** Explanations of longer sessions, and lists of their events, that may wait behind the one that is worked out: of one reader. */
export const explanationsWaitingOfReaderMax = 8
/** The same of all readers. */
export const explanationsWaitingMax = 64
/** Answers that are made and not sent yet: beyond it reports are refused until readers have taken theirs. */
export const unsentMaxBytes = 268_435_456
/** Pieces below this size are not counted. */
const uncountedMaxBytes = 1_048_576

/** The reports as one request asks for them: the same methods, and answers that are ready to be sent. */
export type SentReports = {
  readonly [Method in keyof Reports]: (...args: Parameters<Reports[Method]>) => Promise<Sent>
}

/** An answer whose JSON is bytes. */
export type Sent =
  | Exclude<Answer, { kind: 'json' }>
  | { readonly kind: 'json'; readonly length: number; readonly bytes: Buffer | Readable }

/** Who asks for a report. */
export interface Asking {
  readonly suites: Suites
  /** Tells readers apart: each has its turn. */
  readonly reader: string
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/** Has reports worked out, outside the loop that collects. */
export interface ReportDesk {
  reportsFor(asking: Asking): SentReports
  close(): Promise<void>
}

/**
 * Explanations of long sessions, and lists of their events, take seconds: they are worked out one at a time, in a worker of
 * their own, so that no other report waits for them.
 */
export function createReportDesk(options: ReportWorkerOptions): ReportDesk {
  const reports = new ReportWorker(options)
  const explanations = new ReportWorker(options)
  const turns = new Turns({
    waitingOfKeyMax: explanationsWaitingOfReaderMax,
    waitingMax: explanationsWaitingMax,
  })
  let unsentBytes = 0

  async function ask(question: Question, { suites, reader, signal }: Asking): Promise<Sent> {
    if (unsentBytes > unsentMaxBytes) throw new ReportRefused(unsentTooMany)
    const size = await sizeOfExplained(question, suites)
    const isLong =
      size !== undefined && (size.events > shortSessionEventsMax || size.bytes > shortSessionMaxBytes)
    const sized = withSize(question, size)
    const answer = isLong
      ? turns.run(reader, signal, () => explanations.ask(sized, suites))
      : reports.ask(sized, suites)
    if (answer === undefined) throw new ReportRefused(waitingTooMany)
    return counted(sent(await answer))
  }

  /** What the archive has of a session that is to be explained, or whose events are to be listed. */
  async function sizeOfExplained(question: Question, suites: Suites): Promise<ArchivedSize | undefined> {
    if (question.method !== 'session') return undefined
    const [sid, { withEvents, withExplanation }] = question.args
    if (!withEvents && !withExplanation) return undefined
    return archivedSize(refusingAtBounds(options.readerFor(suites)), sid)
  }

  function counted(answer: Sent): Sent {
    if (answer.kind !== 'json' || answer.length < uncountedMaxBytes || Buffer.isBuffer(answer.bytes))
      return answer
    const { length, bytes } = answer
    unsentBytes += length
    bytes.once('close', () => (unsentBytes -= length))
    return answer
  }

  return {
    reportsFor: (asking) => sentReports((question) => ask(question, asking)),
    async close() {
      await Promise.all([reports.close(), explanations.close()])
    },
  }
}

function withSize(question: Question, size: ArchivedSize | undefined): Question {
  if (question.method !== 'session' || size === undefined) return question
  const [sid, options] = question.args
  return { method: 'session', args: [sid, { ...options, size }] }
}

/** The reports by way of questions. */
export function sentReports(ask: (question: Question) => Promise<Sent>): SentReports {
  return {
    session: (...args) => ask({ method: 'session', args }),
    sessions: (...args) => ask({ method: 'sessions', args }),
    query: (...args) => ask({ method: 'query', args }),
    panel: (...args) => ask({ method: 'panel', args }),
    customMetadataKeys: (...args) => ask({ method: 'customMetadataKeys', args }),
    refusals: (...args) => ask({ method: 'refusals', args }),
    instrumentationHealth: (...args) => ask({ method: 'instrumentationHealth', args }),
  }
}

/** Put together what is short; what is long is sent piece by piece. */
export function sent(answer: Answer): Sent {
  if (answer.kind !== 'json') return answer
  const pieces = answer.pieces.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  )
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const [only, ...others] = pieces
  const isShort = only !== undefined && others.length === 0
  return { kind: 'json', length, bytes: isShort ? only : Readable.from(pieces, { objectMode: false }) }
}

const waitingTooMany: Problem = {
  code: ProblemCode.reportsTooMany,
  pointer: '',
  message: `Too many explanations or lists of events are waiting already: ${explanationsWaitingOfReaderMax} of this reader, or ${explanationsWaitingMax} of all.`,
}

const unsentTooMany: Problem = {
  code: ProblemCode.reportsTooMany,
  pointer: '',
  message: `Reports of more than ${unsentMaxBytes / 1_048_576} MiB are ready and have not been read by those who asked for them.`,
}
