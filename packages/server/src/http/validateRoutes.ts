import { ValidationPolicy } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { checkBody, checkedEndpoints } from '../ingest/checkBody.ts'
import { bodyOf } from './bodyOf.ts'
import { refuseOtherMethods } from './methods.ts'
import { oneOf, readQuery } from './readQuery.ts'
import { refuse, withHint } from './refuse.ts'

/** `POST /reporting/v1/validate`: what would be said to this body, and why. Nothing is taken, nothing kept. */
export function validateRoutes(app: FastifyInstance, policy: ValidationPolicy): void {
  app.post('/reporting/v1/validate', (request, reply) => {
    const query = readQuery(request.query, {
      endpoint: oneOf(checkedEndpoints),
      policy: oneOf(Object.values(ValidationPolicy)),
    })
    if (!query.ok) return refuse(reply, query.faults)
    const { endpoint = 'events', policy: asked = policy } = query.values
    const body = bodyOf(request)
    const faults = checkBody(body, endpoint, asked)
    return reply.send({
      endpoint,
      policy: asked,
      isAccepted: faults.length === 0,
      errors: faults.map(withHint),
    })
  })
  refuseOtherMethods(app, '/reporting/v1/validate', ['POST'])
}
