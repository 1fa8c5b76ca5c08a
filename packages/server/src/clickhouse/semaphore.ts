/** Runs tasks side by side up to a width; the others wait their turn, first come, first served. */
export class Semaphore {
  readonly #width: number
  readonly #waitingMax: number
  readonly #waiting: (() => void)[] = []
  readonly #idlers: (() => void)[] = []
  #running = 0

  constructor(width: number, waitingMax: number) {
    this.#width = width
    this.#waitingMax = waitingMax
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.#turn()
    try {
      return await task()
    } finally {
      this.#pass()
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idlers.push(resolve))
  }

  async #turn(): Promise<void> {
    if (this.#running < this.#width) {
      this.#running++
      return
    }
    if (this.#waiting.length >= this.#waitingMax) {
      // As a ClickHouse server puts it, so that both are understood alike.
      throw new Error(
        'Code: 202. DB::Exception: Too many statements wait already. (TOO_MANY_SIMULTANEOUS_QUERIES)',
      )
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** The place goes to the next in line, or free. */
  #pass(): void {
    const next = this.#waiting.shift()
    if (next !== undefined) return next()
    this.#running--
    if (this.#running === 0) for (const resolve of this.#idlers.splice(0)) resolve()
  }
}
