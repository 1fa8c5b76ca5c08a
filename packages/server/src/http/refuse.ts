import { type Fault, faultCatalogue } from '@playhead/protocol'
import type { FastifyReply } from 'fastify'
import { acceptedCodings } from './contentCoding.ts'
import { statusOf } from './status.ts'

/** How long a client is asked to wait after a 429 or 503, in `Retry-After`, where nothing else is known. */
export const retryAfterS = 1

/** The body of every refusal: one line for people, and each fault with the place it is at. */
export interface RefusalBody {
  readonly message: string
  readonly errors: readonly Fault[]
}

/** Answer a refusal with the status of its first fault. */
export function refuse(reply: FastifyReply, faults: readonly [Fault, ...Fault[]]): FastifyReply {
  const status = statusOf[faults[0].code]
  const [{ code }, ...others] = faults
  const codes = [code, ...others.map((fault) => fault.code)] as const
  reply.server.observer.refused(codes)
  // No pointers: they hold keys that were sent.
  reply.log.debug({ status, codes }, 'refused')
  void reply.header('x-request-id', reply.request.id)
  if ((status === 503 || status === 429) && !reply.hasHeader('retry-after'))
    void reply.header('retry-after', retryAfterS)
  if (status === 415) void reply.header('accept-encoding', acceptedCodings)
  return reply.code(status).type('application/json; charset=utf-8').send(refusalBody(faults))
}

export function refusalBody(faults: readonly [Fault, ...Fault[]]): RefusalBody {
  const [{ message }, ...others] = faults
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return { message: message + more, errors: faults.map(withHint) }
}

/** Every fault says how to mend it: from what was sent, or else what its code says in general. */
export function withHint(fault: Fault): Fault {
  return { ...fault, hint: fault.hint ?? faultCatalogue[fault.code].remedy }
}
