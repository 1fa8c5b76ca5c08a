import { isIPv6 } from 'node:net'
import { type Fault, FaultCode } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import type { Rate } from '../ingest/rate.ts'
import { refuse } from './refuse.ts'

/** How long the connection of a client that goes too fast is not read. */
const pauseIntervalMs = 1000

/**
 * Answer 429 to a client that sends more than it may, for the routes of this scope. Its connection is not read for a
 * moment then: a client that repeats at once what was refused would else cost the others more than a served one.
 */
export function limitClientRate(app: FastifyInstance, rate: Rate): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (rate.take(clientOf(request.ip), performance.now())) {
      done()
      return
    }
    refuse(reply, [rateExceeded])
    const { socket } = request.raw
    reply.raw.once('close', () => {
      // Not at once: what is left of the body is still to be read past.
      setImmediate(() => socket.pause())
      setTimeout(() => socket.resume(), pauseIntervalMs).unref()
    })
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

const rateExceeded: Fault = {
  code: FaultCode.rateExceeded,
  pointer: '',
  message: 'This client sends more requests a second than it may; this one was not taken.',
}
