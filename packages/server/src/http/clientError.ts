import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { FaultCode } from '@playhead/protocol'
import type { Cors } from './cors.ts'
import type { Exchanges } from './exchanges.ts'
import { hangUp } from './hangUp.ts'
import { rawRefusal } from './rawRefusal.ts'

/**
 * Answers bytes that are no HTTP request, and hangs up. What came before them on the same connection is answered
 * first: a 400 in its place would deny what was taken.
 */
export class ClientErrors {
  readonly #hungUp = new WeakSet<Socket>()
  readonly #exchanges: Exchanges
  readonly #cors: Cors

  constructor(exchanges: Exchanges, cors: Cors) {
    this.#exchanges = exchanges
    this.#cors = cors
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
    const underWay = this.#exchanges.of(socket)
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
