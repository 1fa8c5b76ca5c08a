import { isIPv6 } from 'node:net'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Rate } from '../../ingest/rate.ts'
import { bodyOf } from '../collection/bodyOf.ts'
import { refuse } from '../server/refuse.ts'

/** How long the connection of a client that goes too fast is not read. */
const pauseIntervalMs = 1000

/**
 * Answer 429 to a client that sends more than it may, for the routes of this scope. Its connection is not read for a
 * moment then: a client that repeats at once what was refused would else cost the others more than a served one.
 */
export function limitClientRate(app: FastifyInstance, { requests, bytes }: ClientRates): void {
  app.addHook('onRequest', (request, reply, done) => {
    const [client, nowMs] = [clientOf(request.ip), performance.now()]
    if (!requests.take(client, nowMs)) turnAway(request, reply, rateExceeded)
    // After one very large body, until it has been made up for.
    else if (!bytes.take(client, nowMs, 0)) turnAway(request, reply, bytesExceeded)
    else done()
  })
  // Not what was announced: of slow bodies that is not there yet, and may never be.
  app.addHook('preHandler', (request, reply, done) => {
    if (bytes.take(clientOf(request.ip), performance.now(), bodyOf(request).length)) done()
    else turnAway(request, reply, bytesExceeded)
  })
}

/** What one client may send a second. */
export interface ClientRates {
  readonly requests: Rate
  /** Of bodies that have arrived, unpacked. */
  readonly bytes: Rate
}

function turnAway(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  refuse(reply, [problem])
  const { socket } = request.raw
  reply.raw.once('close', () => {
    // Not at once: what is left of the body is still to be read past.
    setImmediate(() => socket.pause())
    setTimeout(() => socket.resume(), pauseIntervalMs).unref()
  })
}

/** What counts as one client: an address; of IPv6 the network, since each device there has as many as it likes. */
export function clientOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])].slice(0, 4).join(':')
}

const rateExceeded: Problem = {
  code: ProblemCode.rateExceeded,
  pointer: '',
  message: 'This client sends more requests a second than it may; this one was not taken.',
}

const bytesExceeded: Problem = {
  code: ProblemCode.rateExceeded,
  pointer: '',
  message: 'This client sends more bytes a second than it may; this request was not taken.',
}
