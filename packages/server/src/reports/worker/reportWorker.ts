import { totalmem } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { SessionRules } from '@playhead/engine'
import type { StoreReader } from '../../clickhouse/store.ts'
import { ReportRefused } from '../reportRefused.ts'
import type { Answer, Question } from './answerQuestion.ts'
import { ByteReceiver, ByteSender } from './byteStreams.ts'
import type { FromReportWorker, ReportWorkerData, SentAnswer, Suites, ToReportWorker } from './messages.ts'
import { receiveError } from './sentError.ts'

/** `reportThread.ts` beside `src`, `.js` beside `dist`. */
const script = new URL(`./reportThread${extname(import.meta.url)}`, import.meta.url)
/** Heap of one report worker, mebibytes: the largest explanation fits. A worker that needs more is replaced. */
const heapMaxMebibytes = 512
/** The part of the machine's, or the container's, memory that it is at most. */
const heapMaxOfMemory = 1 / 8
/** How often a report worker that works is asked whether it still answers. */
const pingIntervalMs = 1000
/** Questions in a row that it may leave unanswered before it is ended: 20 s of work without a pause. */
const missedPingsMax = 20
/** How long a report worker without work is kept: it starts again in a tenth of a second. */
const idleTimeoutMs = 60_000

export interface ReportWorkerOptions {
  readonly rules: SessionRules
  /** Reads what these report suites may see. */
  readonly readerFor: (suites: Suites) => StoreReader
  /** Told why a worker was ended, or ended by itself; the next question starts another one. */
  readonly onLost: (reason: string) => void
  /** Other bounds than those of this file. */
  readonly bounds?: Partial<ReportWorkerBounds>
}

export interface ReportWorkerBounds {
  readonly heapMaxMebibytes: number
  readonly pingIntervalMs: number
}

interface Asked {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** Works out reports in a thread of its own, which is started by the first question. */
export class ReportWorker {
  readonly #options: ReportWorkerOptions
  readonly #bounds: ReportWorkerBounds
  readonly #asked = new Map<number, Asked>()
  #thread: Worker | undefined
  #tables = new ByteReceiver(() => {})
  #nextId = 1
  #missedPings = 0
  #timer: NodeJS.Timeout | undefined
  #idleTimer: NodeJS.Timeout | undefined

  constructor(options: ReportWorkerOptions) {
    this.#options = options
    this.#bounds = { heapMaxMebibytes: usualHeapMebibytes(), pingIntervalMs, ...options.bounds }
  }

  /** Rejects as the methods of `Reports` do, and with a `ReportRefused` when the thread is lost over it. */
  ask(question: Question, suites: Suites): Promise<Answer> {
    const thread = (this.#thread ??= this.#start())
    clearTimeout(this.#idleTimer)
    this.#timer ??= setInterval(() => this.#ping(), this.#bounds.pingIntervalMs).unref()
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      send(thread, { kind: 'ask', id, question, suites })
      this.#asked.set(id, { resolve, reject })
    })
  }

  async close(): Promise<void> {
    await this.#end(new Error('the server stops'))
  }

  #start(): Worker {
    const { rules, readerFor, onLost } = this.#options
    const workerData: ReportWorkerData = { rules }
    const thread = new Worker(script, {
      name: 'report',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#bounds.heapMaxMebibytes },
    })
    thread.unref()
    const reads = new ByteSender((of, transferred) => send(thread, { kind: 'read', of }, transferred))
    this.#tables = new ByteReceiver((of) => send(thread, { kind: 'table', of }))
    thread.on('message', (message: FromReportWorker) => {
      this.#missedPings = 0
      switch (message.kind) {
        case 'pong':
          return
        case 'reading': {
          const { suites, sql, params, format } = message.request
          return void reads.send(message.id, readerFor(suites).export(sql, params, format))
        }
        case 'read':
          return reads.hear(message.of)
        case 'table':
          return this.#tables.hear(message.of)
        case 'answer':
          return this.#settle(message.id, ({ resolve }) =>
            resolve(this.#answerOf(message.id, message.answer)),
          )
        case 'failed':
          return this.#settle(message.id, ({ reject }) => reject(receiveError(message.error)))
      }
    })
    thread.on('error', (error: Error & { code?: string }) => {
      const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      onLost(isOutOfMemory ? 'it ran out of memory' : (error.stack ?? error.message))
      void this.#end(isOutOfMemory ? this.#outOfMemory() : error, thread)
    })
    thread.on('exit', () => void this.#end(new Error('the report worker has ended'), thread))
    return thread
  }

  #answerOf(id: number, answer: SentAnswer): Answer {
    if (answer.kind !== 'table') return answer
    return { ...answer, bytes: this.#tables.receive(id) }
  }

  #settle(id: number, settle: (asked: Asked) => void): void {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (asked !== undefined) settle(asked)
    if (this.#asked.size > 0) return
    this.#rest()
    this.#endWhenIdle()
  }

  #endWhenIdle(): void {
    this.#idleTimer = setTimeout(() => {
      if (this.#tables.isIdle) void this.#end(new Error('the report worker has nothing to do'))
      else this.#endWhenIdle()
    }, idleTimeoutMs).unref()
  }

  /** Nothing is asked: nothing has to be looked after. */
  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#missedPings = 0
  }

  #ping(): void {
    this.#missedPings += 1
    if (this.#missedPings <= missedPingsMax) {
      if (this.#thread !== undefined) send(this.#thread, { kind: 'ping' })
      return
    }
    this.#options.onLost(`it did not answer for ${(missedPingsMax * pingIntervalMs) / 1000} s`)
    void this.#end(new ReportRefused(tooSlow))
  }

  #outOfMemory(): Error {
    return new ReportRefused(this.#asked.size === 1 ? tooLargeFor(this.#bounds) : tooLargeBeside)
  }

  async #end(why: Error, thread = this.#thread): Promise<void> {
    if (thread === undefined || thread !== this.#thread) return
    this.#thread = undefined
    clearTimeout(this.#idleTimer)
    this.#rest()
    for (const { reject } of this.#asked.values()) reject(why)
    this.#asked.clear()
    this.#tables.fail(why)
    await thread.terminate()
  }
}

function send(thread: Worker, message: ToReportWorker, transferred: readonly ArrayBuffer[] = []): void {
  thread.postMessage(message, transferred)
}

const tooSlow = {
  code: ProblemCode.reportTimeout,
  pointer: '',
  message: `The report took more than ${(missedPingsMax * pingIntervalMs) / 1000} s of computing time.`,
}

function tooLargeFor({ heapMaxMebibytes: max }: ReportWorkerBounds): Problem {
  const message = `The report needs more memory than the ${max} MiB that it may have.`
  return { code: ProblemCode.reportTooLarge, pointer: '', message }
}

function usualHeapMebibytes(): number {
  const constrained = process.constrainedMemory()
  const memory = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
  return Math.min(heapMaxMebibytes, Math.floor((memory * heapMaxOfMemory) / 1_048_576))
}

const tooLargeBeside = {
  code: ProblemCode.reportTimeout,
  pointer: '',
  message: 'Several reports together needed more memory than they may have. Ask again.',
}
