/* oxlint-disable no-await-in-loop -- one group at a time is what makes them groups */
import { AppendQueue, type Pending } from './appendQueue.ts'
import { type Durable, journalBytes, sparedBytes } from './durable.ts'
import { encodeGroup } from './encodeGroup.ts'
import { JournalClosed, JournalFailed, JournalFull } from './journalErrors.ts'
import type { JournalLimits, JournalState } from './journalOptions.ts'
import { NoRoom } from './noRoom.ts'
import { recordProblem, type NewRecord } from './record.ts'
import { SEGMENT_HEADER_BYTES } from './segment.ts'
import type { SegmentWriter } from './segmentWriter.ts'

export interface GroupCommitParts {
  readonly durable: Durable
  readonly writer: SegmentWriter
  readonly limits: JournalLimits
  /** Delete what nobody needs; answers whether there was any. */
  readonly makeRoom: () => Promise<boolean>
  readonly onState: (state: JournalState) => void
}

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
  readonly #makeRoom: GroupCommitParts['makeRoom']
  readonly #onState: GroupCommitParts['onState']
  /** How the disk took the last group. */
  #disk: JournalState = { status: 'ok' }
  /** When a full disk may be tried again, on a clock that never goes back. */
  #retryAtMs = 0
  #told: JournalState['status'] = 'ok'
  #running: Promise<void> | undefined

  constructor({ durable, writer, limits, makeRoom, onState }: GroupCommitParts) {
    this.#durable = durable
    this.#writer = writer
    this.#limits = limits
    this.#makeRoom = makeRoom
    this.#onState = onState
    this.#queue = new AppendQueue(limits.queueBytesMax)
    this.#groupBytesMax = Math.min(limits.groupBytesMax, limits.segmentBytesMax - SEGMENT_HEADER_BYTES)
  }

  get state(): JournalState {
    return this.#disk.status === 'ok' && this.#isAtBound
      ? { status: 'full', cause: this.#bound() }
      : this.#disk
  }

  /** @see Journal.append */
  append(record: NewRecord): Promise<number> {
    const refusal = this.#refusal(record)
    this.#tell()
    if (refusal !== undefined) return Promise.reject(refusal)
    const appended = this.#queue.push(record)
    this.#running ??= this.#run()
    return appended
  }

  /** Resolves when nothing is queued or being written any more. */
  async idle(): Promise<void> {
    await this.#running
  }

  /** Make sure, while nothing is written, that the next start finds what was acknowledged. */
  async checkInPlace(): Promise<void> {
    if (this.#durable.closed) return
    await (this.#running ??= this.#run())
  }

  /** The same, before the files are closed. */
  async requireInPlace(): Promise<void> {
    if (this.#disk.status === 'failed') return
    await this.#writer.requireInPlace().catch((error: unknown) => this.#fail(error, []))
  }

  #refusal(record: NewRecord): Error | undefined {
    if (this.#disk.status === 'failed') return new JournalFailed(this.#disk.cause)
    if (this.#durable.closed) return new JournalClosed()
    const problem = recordProblem(record, this.#limits.recordBytesMax)
    if (problem !== undefined) return problem
    if (this.#disk.status === 'full' && performance.now() < this.#retryAtMs) return diskFull(this.#disk.cause)
    // What is stored is known by clock records alone: they are what makes room.
    return record.kind === 'event' && this.#isAtBound ? this.#bound() : undefined
  }

  get #isAtBound(): boolean {
    const backlogBytes = journalBytes(this.#durable) - sparedBytes(this.#durable)
    return backlogBytes + this.#queue.heldBytes >= this.#limits.backlogBytesMax
  }

  #bound(): JournalFull {
    return new JournalFull(
      `the journal holds the ${this.#limits.backlogBytesMax} bytes that it may hold for the store`,
    )
  }

  #take(disk: JournalState): void {
    this.#disk = disk
    this.#tell()
  }

  #tell(): void {
    const { state } = this
    if (state.status === this.#told) return
    this.#told = state.status
    this.#onState(state)
  }

  async #run(): Promise<void> {
    await Promise.resolve() // What is appended in the same breath belongs to the same group.
    // Groups look for themselves. What is appended meanwhile waits: it may begin a new segment, and the old one be deleted.
    if (this.#queue.isEmpty) await this.requireInPlace()
    while (!this.#queue.isEmpty) {
      const group = this.#queue.take(this.#groupBytesMax)
      await this.#commit(group)
    }
    this.#running = undefined
  }

  async #commit(group: Pending[]): Promise<void> {
    const firstSeq = this.#durable.lastSeq + 1
    const bytes = encodeGroup(
      group.map(({ record }) => record),
      this.#durable,
    )
    try {
      await this.#writer.write(bytes).catch(async (error: unknown) => {
        if (!(error instanceof NoRoom && (await this.#makeRoom()))) throw error
        await this.#writer.write(bytes)
      })
    } catch (error) {
      if (error instanceof NoRoom) this.#refuse(error, group)
      else this.#fail(error, group)
      return
    }
    this.#queue.release(group)
    this.#take({ status: 'ok' })
    for (const [index, pending] of group.entries()) pending.resolve(firstSeq + index)
  }

  /** Until the next attempt: nothing of the group is on disk, nor is anything that was acknowledged in doubt. */
  #refuse(cause: Error, group: Pending[]): void {
    this.#retryAtMs = performance.now() + this.#limits.fullRetryMs
    const refused = [...group, ...this.#queue.take(Number.POSITIVE_INFINITY)]
    this.#queue.release(refused)
    this.#take({ status: 'full', cause })
    for (const pending of refused) pending.reject(diskFull(cause))
  }

  /**
   * For good: the kernel may report a failed sync only once and then hold the lost pages for clean. A retry that
   * succeeds proves nothing, so nothing is acknowledged after it.
   */
  #fail(error: unknown, group: Pending[]): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#take({ status: 'failed', cause })
    const waiting = this.#queue.take(Number.POSITIVE_INFINITY)
    for (const pending of [...group, ...waiting]) pending.reject(new JournalFailed(cause))
  }
}

function diskFull(cause: Error): JournalFull {
  return new JournalFull(`the disk is full: ${cause.message}`, { cause })
}
