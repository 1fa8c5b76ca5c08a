/** WarningLimit that are kept of one session; the last of them says that there were more. An honest session has a handful. */
export const warningsMax = 1000

/** How many warnings of a session have been kept so far. */
export class WarningLimit {
  #kept: number

  constructor(kept = 0) {
    this.#kept = kept
  }

  get kept(): number {
    return this.#kept
  }

  get isFull(): boolean {
    return this.#kept >= warningsMax
  }

  /** Whether one more is kept: itself, as the last one in its place the warning that there were more, or nothing. */
  take(): 'itself' | 'limit' | 'nothing' {
    if (this.#kept >= warningsMax) return 'nothing'
    this.#kept += 1
    return this.#kept === warningsMax ? 'limit' : 'itself'
  }
}
