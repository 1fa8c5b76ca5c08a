import { type Answer, createPoster, type Poster } from '@playhead/testing/simulator/post.ts'

/** Connections to the server at most. */
const socketsMax = 256

/** The players' line to a server that comes and goes, each time at another address. */
export class Line {
  /** How long answers take, milliseconds each, while somebody wants to know. */
  latenciesMs: number[] | undefined
  #poster: Poster | undefined
  #waiting: (() => void)[] = []

  /** The server listens there now. */
  up(url: string): void {
    this.#poster = createPoster(new URL(url), socketsMax)
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** The server is gone; who posts now waits until it is back. */
  down(): void {
    this.#poster?.close()
    this.#poster = undefined
  }

  /** `undefined`: sent, and no answer came. */
  async post(path: string, json: unknown): Promise<Answer | undefined> {
    while (this.#poster === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const beganMs = performance.now()
    const answer = await this.#poster.post(path, json).catch(() => undefined)
    if (answer !== undefined) this.latenciesMs?.push(performance.now() - beganMs)
    return answer
  }
}
