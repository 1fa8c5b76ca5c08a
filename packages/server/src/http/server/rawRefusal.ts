import { STATUS_CODES } from 'node:http'
import type { Problem } from '@playhead/protocol'
import type { Cors } from './cors.ts'
import { wireHeaders } from './documentedResponse.ts'
import { refusalBody, retryAfterS } from './refuse.ts'

/**
 * A refusal as the bytes of an answer, where there is no request that it could belong to; the last of its connection.
 *
 * @param origin of the page that has sent the bytes, if they say so
 */
export function rawRefusal(status: number, cors: Cors, problem: Problem, origin?: string): string {
  const body = JSON.stringify(refusalBody([problem]))
  const headers = { ...cors(origin), ...refusalHeaders(status, body) }
  const head = Object.entries(wireHeaders(headers)).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`
}

/** The headers of a refusal behind which the connection is closed. */
export function refusalHeaders(status: number, body: string): Readonly<Record<string, number | string>> {
  return {
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(status === 503 && { 'retry-after': retryAfterS }),
  }
}
