import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { clip, type Problem, ProblemCode } from '@playhead/protocol'
import type { Cors } from './cors.ts'
import type { Exchanges } from '../limits/exchanges.ts'
import { closeAfter } from './closeAfter.ts'
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
  answer(error: Error & { readonly code?: string }, socket: Socket): boolean {
    if (error.code !== 'ECONNRESET') return this.#refuse(socket, () => refusalOf(error, this.#cors))
    // All that comes behind the first error is one, too.
    if (!this.#hungUp.has(socket)) socket.destroy()
    this.#hungUp.add(socket)
    return false
  }

  /** The same for a CONNECT: it is the last request of its connection, and Node has nothing to answer it with. */
  answerConnect({ headers }: IncomingMessage, socket: Socket): boolean {
    return this.#refuse(socket, () => rawRefusal(501, this.#cors, connectUnknown, headers.origin))
  }

  #refuse(socket: Socket, refusal: () => string): boolean {
    if (this.#hungUp.has(socket)) return false
    this.#hungUp.add(socket)
    if (!socket.writable) {
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
      closeAfter(socket, broken?.response.headersSent === true ? '' : refusal())
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

const connectUnknown: Problem = {
  code: ProblemCode.requestMalformed,
  pointer: '',
  message: 'This server is no proxy: it does not take CONNECT.',
  got: 'CONNECT',
  hint: 'Take the server out of the proxy settings of the client.',
}

function refusalOf(error: Error & { readonly code?: string }, cors: Cors): string {
  const { code } = error
  const unknown = code === 'HPE_INVALID_METHOD' ? requestOfUnknownMethod(error) : undefined
  if (unknown !== undefined) return rawRefusal(501, cors, methodUnknown(unknown.method), unknown.origin)
  const status = statusFor(code)
  const message = `This is not an HTTP request that can be answered: ${STATUS_CODES[status]}.`
  return rawRefusal(status, cors, { code: ProblemCode.requestMalformed, pointer: '', message })
}

/** Longest method that is repeated to who sent it. */
const methodShownMaxChars = 32

/** The refusal of a method that Node's parser does not know; RFC 9110 has 501 for it. */
function methodUnknown(method: string): Problem {
  const shown = clip(method, methodShownMaxChars)
  return {
    code: ProblemCode.requestMalformed,
    pointer: '',
    message: `The method ${shown} is not known here.`,
    got: shown,
    hint: 'Methods are written in capitals. Players send POST, and browsers OPTIONS before it; reports are read with GET and POST.',
  }
}

/** A request line of HTTP/1, and the headers behind it as far as they have come. */
const requestHead = /^([!#$%&'*+.^_`|~\w-]+) [^ \r\n]+ HTTP\/1\.\d\r?\n([^]*?)(\r?\n\r?\n|$)/

/** What of the request can be known; `undefined` when the bytes are none. Node gives the last bytes that came, and where it has stopped. */
function requestOfUnknownMethod(
  error: Error & { readonly rawPacket?: unknown; readonly bytesParsed?: unknown },
): { readonly method: string; readonly origin: string | undefined } | undefined {
  const { rawPacket, bytesParsed } = error
  if (!Buffer.isBuffer(rawPacket)) return undefined
  const text = rawPacket.toString('latin1')
  // It stops within the method, which may stand behind other requests.
  const lineAt = text.lastIndexOf('\n', Math.max(0, Number(bytesParsed) - 1)) + 1
  const [, method, headers = ''] = requestHead.exec(text.slice(lineAt)) ?? []
  if (method === undefined) return undefined
  return { method, origin: /^origin:[ \t]*([^\r\n]*?)[ \t]*$/im.exec(headers)?.[1] }
}

function statusFor(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return 400
}
