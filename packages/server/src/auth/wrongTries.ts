/** Wrong tokens of a client in a minute before it is told to wait: more than anyone types. */
export const wrongTriesMax = 10
const windowMs = 60_000
/** Clients whose wrong tokens are counted, at some 100 bytes each; the one that was noticed first is forgotten first. */
const clientsMax = 10_000

/**
 * Counts wrong tokens by client. Right ones are never held up, so nobody can shut others out who share an
 * address: what cannot be guessed in an eternity needs no lock, it is the noise that has to end.
 */
export class WrongTries {
  readonly #tries = new Map<string, { count: number; readonly endMs: number }>()

  /** Count a wrong token; answers in how many seconds to come again, when there were too many. */
  add(client: string, nowMs: number): number | undefined {
    let tries = this.#tries.get(client)
    if (tries === undefined || tries.endMs <= nowMs) {
      this.#tries.delete(client)
      tries = { count: 0, endMs: nowMs + windowMs }
      this.#tries.set(client, tries)
      const [oldest] = this.#tries.keys()
      if (this.#tries.size > clientsMax && oldest !== undefined) this.#tries.delete(oldest)
    }
    tries.count += 1
    return tries.count > wrongTriesMax ? Math.ceil((tries.endMs - nowMs) / 1000) : undefined
  }
}
