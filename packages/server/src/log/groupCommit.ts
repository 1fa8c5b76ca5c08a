/* oxlint-disable no-await-in-loop -- one group at a time is what makes them groups */
import { AppendQueue, type Pending } from './appendQueue.ts'
import type { Durable } from './durable.ts'
import { encodeGroup } from './encodeGroup.ts'
import { JournalClosed, JournalFailed } from './journalErrors.ts'
import type { JournalLimits } from './journalOptions.ts'
import { recordFault, type NewRecord } from './record.ts'
import { SEGMENT_HEADER_BYTES } from './segment.ts'
import type { SegmentWriter } from './segmentWriter.ts'

/** Whether the journal still takes records; `failed` is for good, until a restart. */
export type JournalState = { status: 'ok' } | { status: 'failed'; cause: Error }

/**
 * Takes appends from many callers and makes them durable with few syncs: while one group is being synced the next
 * gathers, then goes as a whole. No timer, no added latency: a lone append is synced at once, and the busier the
 * server, the larger the groups.
 */
export class GroupCommit {
  readonly #durable: Durable
  readonly #writer: SegmentWriter
  readonly #limits: JournalLimits
  readonly #queue: AppendQueue
  readonly #groupBytesMax: number
  #state: JournalState = { status: 'ok' }
  #running: Promise<void> | undefined

  constructor(durable: Durable, writer: SegmentWriter, limits: JournalLimits) {
    this.#durable = durable
    this.#writer = writer
    this.#limits = limits
    this.#queue = new AppendQueue(limits.queueBytesMax)
    this.#groupBytesMax = Math.min(limits.groupBytesMax, limits.segmentBytesMax - SEGMENT_HEADER_BYTES)
  }

  get state(): JournalState {
    return this.#state
  }

  /** @see Journal.append */
  append(record: NewRecord): Promise<number> {
    const refusal = this.#refusal(record)
    if (refusal !== undefined) return Promise.reject(refusal)
    const appended = this.#queue.push(record)
    this.#running ??= this.#run()
    return appended
  }

  /** Resolves when nothing is queued or being written any more. */
  async idle(): Promise<void> {
    await this.#running
  }

  #refusal(record: NewRecord): Error | undefined {
    if (this.#state.status === 'failed') return new JournalFailed(this.#state.cause)
    if (this.#durable.closed) return new JournalClosed()
    return recordFault(record, this.#limits.recordBytesMax)
  }

  async #run(): Promise<void> {
    await Promise.resolve() // What is appended in the same breath belongs to the same group.
    while (!this.#queue.isEmpty) {
      const group = this.#queue.take(this.#groupBytesMax)
      await this.#commit(group)
      this.#queue.release(group)
    }
    this.#running = undefined
  }

  async #commit(group: Pending[]): Promise<void> {
    const firstSeq = this.#durable.lastSeq + 1
    try {
      const records = group.map(({ record }) => record)
      await this.#writer.write(encodeGroup(records, this.#durable))
    } catch (error) {
      this.#fail(error, group)
      return
    }
    for (const [index, pending] of group.entries()) pending.resolve(firstSeq + index)
  }

  /**
   * For good: the kernel may report a failed sync only once and then hold the lost pages for clean. A retry that
   * succeeds proves nothing, so nothing is acknowledged after it.
   */
  #fail(error: unknown, group: Pending[]): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#state = { status: 'failed', cause }
    const waiting = this.#queue.take(Number.POSITIVE_INFINITY)
    for (const pending of [...group, ...waiting]) pending.reject(new JournalFailed(cause))
  }
}
