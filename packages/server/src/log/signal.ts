/** Wakes all who wait for it, at once. What they were waiting for they look up themselves. */
export class Signal {
  #waiting = new Set<() => void>()

  /** Resolves at the next ring, or when the signal aborts. It never rejects. */
  wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const wake = () => {
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake)
    })
  }

  notify(): void {
    for (const wake of this.#waiting) wake()
  }
}
