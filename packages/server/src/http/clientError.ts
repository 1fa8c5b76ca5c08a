import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { FaultCode } from '@playhead/protocol'
import type { Cors } from './cors.ts'
import { hangUp } from './hangUp.ts'
import { rawRefusal } from './rawRefusal.ts'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/**
 * Answers bytes that are no HTTP request, and hangs up. What came before them on the same connection is answered
 * first: a 400 in its place would deny what was taken.
 */
export class ClientErrors {
  /** Of each connection, the requests that are not answered yet, in order. */
  readonly #underWay = new WeakMap<Socket, Set<Exchange>>()
  readonly #hungUp = new WeakSet<Socket>()
  readonly #cors: Cors

  constructor(cors: Cors) {
    this.#cors = cors
  }

  /** Hear of every request of a server. */
  attach(server: Server): void {
    server.prependListener('request', (request, response) => {
      const { socket } = request
      const underWay = this.#underWay.get(socket) ?? new Set()
      this.#underWay.set(socket, underWay)
      const exchange = { request, response }
      underWay.add(exchange)
      response.once('close', () => underWay.delete(exchange))
    })
  }

  /** Answers whether somebody was there to be answered. */
  answer(error: Error & { code?: string }, socket: Socket): boolean {
    // All that comes behind the first error is one, too.
    if (this.#hungUp.has(socket)) return false
    this.#hungUp.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return false
    }
    const underWay = [...(this.#underWay.get(socket) ?? [])]
    const broken = underWay.find(({ request }) => !request.complete)
    const whole = underWay.filter(({ request }) => request.complete)
    let left = whole.length
    const proceed = (): void => {
      if (left > 0) return
      // A request whose body broke off may have its answer already.
      hangUp(socket, broken?.response.headersSent === true ? '' : refusalOf(error.code, this.#cors))
    }
    for (const { response } of whole) {
      response.once('close', () => {
        left -= 1
        proceed()
      })
    }
    proceed()
    return true
  }
}

function refusalOf(code: string | undefined, cors: Cors): string {
  const status = statusFor(code)
  const message = `This is not an HTTP request that can be answered: ${STATUS_CODES[status]}.`
  return rawRefusal(status, cors, { code: FaultCode.requestMalformed, pointer: '', message })
}

function statusFor(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return 400
}
