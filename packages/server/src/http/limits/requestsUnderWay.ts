import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { refuse } from '../server/refuse.ts'

/**
 * The requests that wait for their answers. Those whose bodies are still arriving do not count: they wait for their
 * clients, and their memory has a bound of its own.
 */
export class RequestsUnderWay {
  readonly #max: number
  #count = 0

  constructor(max: number) {
    this.#max = max
  }

  /** Answer 503 to the requests of this scope that are too many. */
  limit(app: FastifyInstance): void {
    app.addHook('preHandler', (_request, reply, done) => {
      if (this.#count >= this.#max) {
        refuse(reply, [tooMany])
        return
      }
      this.#count += 1
      reply.raw.once('close', () => (this.#count -= 1))
      done()
    })
  }
}

const tooMany: Problem = {
  code: ProblemCode.serverBusy,
  pointer: '',
  message: 'As many requests as the server keeps wait for their answers already; this one was not taken.',
}
