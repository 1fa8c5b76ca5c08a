/** Clients, or report suites, whose rates are remembered, at some 100 bytes each; the longest quiet is forgotten. */
const rateKeysMax = 100_000

/** A rate’s quiet time that may be made up for at once. */
const burstMaxMs = 2000

/**
 * A token bucket for each key: `perSecond` tokens a second, and as many as two seconds bring when it is full. It
 * keeps one number a key, the moment up to which its tokens are spent.
 */
export class Rate {
  readonly #intervalMs: number
  readonly #spentUntilMs = new Map<string, number>()

  /** @param perSecond 0: no limit */
  constructor(perSecond: number) {
    this.#intervalMs = perSecond === 0 ? 0 : 1000 / perSecond
  }

  /**
   * Whether the key still has so many tokens, which are taken then; more than a full bucket has are there when it is full. The
   * time must not go back.
   */
  take(key: string, nowMs: number, tokens = 1): boolean {
    if (this.#intervalMs === 0) return true
    const costMs = this.#intervalMs * tokens
    const spentUntilMs = Math.max(this.#spentUntilMs.get(key) ?? 0, nowMs) + costMs
    if (spentUntilMs > nowMs + Math.max(burstMaxMs, costMs)) return false
    // Taken out and put in again, it is the last to be forgotten.
    this.#spentUntilMs.delete(key)
    this.#spentUntilMs.set(key, spentUntilMs)
    if (this.#spentUntilMs.size > rateKeysMax) this.#forgetOldest()
    return true
  }

  #forgetOldest(): void {
    const [oldest] = this.#spentUntilMs.keys()
    if (oldest !== undefined) this.#spentUntilMs.delete(oldest)
  }
}
