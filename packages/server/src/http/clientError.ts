import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { FaultCode } from '@playhead/protocol'
import type { Cors } from './cors.ts'
import { refusalBody } from './refuse.ts'

/**
 * Answer bytes that are no HTTP request, before any route or origin is known, and hang up. Answers whether somebody was
 * there to be answered.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket, cors: Cors): boolean {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return false
  }
  const status = statusFor(error.code)
  const message = `This is not an HTTP request that can be answered: ${STATUS_CODES[status]}.`
  const body = JSON.stringify(refusalBody([{ code: FaultCode.requestMalformed, pointer: '', message }]))
  const headers = {
    ...cors(undefined),
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`)
  return true
}

function statusFor(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return 400
}
