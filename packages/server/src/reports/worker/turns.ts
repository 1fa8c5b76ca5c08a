interface Waiting {
  readonly key: string
  readonly begin: () => void
}

export interface TurnsOptions {
  /** Tasks that may wait of one key, and of all. */
  readonly waitingOfKeyMax: number
  readonly waitingMax: number
}

/** Runs one task after the other. The keys take turns, so that many tasks of one do not hold up another's first. */
export class Turns {
  readonly #options: TurnsOptions
  readonly #waiting: Waiting[] = []
  /** Keys whose task ran before, the latest last. */
  readonly #served = new Set<string>()
  #isRunning = false

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /**
   * @param signal aborts the wait; a task that has begun is not stopped
   * @returns `undefined` when too many tasks wait already: of this key, or of all
   */
  run<Result>(key: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result> | undefined {
    const { waitingMax, waitingOfKeyMax } = this.#options
    const ofKey = this.#waiting.filter((waiting) => waiting.key === key)
    if (ofKey.length >= waitingOfKeyMax || this.#waiting.length >= waitingMax) return undefined
    return this.#inTurn(key, signal, task)
  }

  async #inTurn<Result>(key: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    if (this.#isRunning) await this.#turn(key, signal)
    this.#isRunning = true
    this.#served.delete(key)
    this.#served.add(key)
    try {
      return await task()
    } finally {
      this.#pass()
    }
  }

  #turn(key: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(signal.reason)
      }
      const waiting = {
        key,
        begin(): void {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      if (signal.aborted) return reject(signal.reason)
      this.#waiting.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** To the first of the key that has waited for longest since its last turn. */
  #pass(): void {
    const order = [...this.#served]
    const rank = ({ key }: Waiting): number => order.indexOf(key)
    const [next] = this.#waiting.toSorted((a, b) => rank(a) - rank(b))
    if (next === undefined) {
      this.#isRunning = false
      this.#served.clear()
      return
    }
    this.#waiting.splice(this.#waiting.indexOf(next), 1)
    next.begin()
  }
}
