import { frameBytes } from './frame.ts'
import { JournalBehind } from './journalErrors.ts'
import type { NewRecord } from './record.ts'

/** An append that has not settled yet. */
export interface Pending {
  readonly record: NewRecord
  /** Size of its frame. */
  readonly bytes: number
  readonly resolve: (seq: number) => void
  readonly reject: (error: Error) => void
}

/** The appends that wait to be written or are being written, in order. It bounds how much memory they hold. */
export class AppendQueue {
  readonly #bytesMax: number
  #waiting: Pending[] = []
  /** Of those waiting and those taken but not released. */
  #heldBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Rejects with JournalBehind when it would hold more than `bytesMax`; but an empty queue takes any record. */
  push(record: NewRecord): Promise<number> {
    const bytes = frameBytes(record)
    if (this.#heldBytes > 0 && this.#heldBytes + bytes > this.#bytesMax) {
      return Promise.reject(new JournalBehind(this.#bytesMax))
    }
    this.#heldBytes += bytes
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, bytes, resolve, reject })
    })
  }

  /** Takes the first ones, as many as fit in `bytesMax`, and one at least. They count as held until released. */
  take(bytesMax: number): Pending[] {
    let count = 0
    let bytes = 0
    for (const pending of this.#waiting) {
      bytes += pending.bytes
      if (count > 0 && bytes > bytesMax) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  release(group: readonly Pending[]): void {
    for (const { bytes } of group) this.#heldBytes -= bytes
  }
}
