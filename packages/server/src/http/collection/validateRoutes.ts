import { ValidationPolicy } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { checkBody, type CheckedEndpoint, checkedEndpoints } from '../../ingest/checkBody.ts'
import { bodyOf } from './bodyOf.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { oneOf, parseQuery } from '../reporting/parseQuery.ts'
import { refuse, withHint } from '../server/refuse.ts'
import { statusOf } from '../server/status.ts'

/** What the collection API answers to a body that it takes. */
const takenStatus: Readonly<Record<CheckedEndpoint, number>> = { sessions: 201, events: 204, downloaded: 201 }

/** `POST /reporting/v1/validate`: what would be said to this body, and why. Nothing is taken, nothing kept. */
export function validateRoutes(app: FastifyInstance, policy: ValidationPolicy): void {
  app.post('/reporting/v1/validate', (request, reply) => {
    const query = parseQuery(request.query, {
      endpoint: oneOf(checkedEndpoints),
      policy: oneOf(Object.values(ValidationPolicy)),
    })
    if (!query.ok) return refuse(reply, query.problems)
    const { endpoint = 'events', policy: asked = policy } = query.value
    const { errors, warnings } = checkBody(bodyOf(request), endpoint, asked)
    const [first] = errors
    return reply.send({
      endpoint,
      policy: asked,
      isAccepted: first === undefined,
      status: first === undefined ? takenStatus[endpoint] : statusOf[first.code],
      errors: errors.map(withHint),
      warnings: warnings.map(withHint),
    })
  })
  refuseOtherMethods(app, '/reporting/v1/validate', ['POST'])
}
