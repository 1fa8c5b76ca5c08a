import { FaultCode } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { refuse } from './refuse.ts'

/** Answer 405 on a path that exists, for the methods it does not take. */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly string[]): void {
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: (request, reply) =>
      refuse(reply.header('allow', allowed.join(', ')), [
        {
          code: FaultCode.methodNotAllowed,
          pointer: '',
          message: `This path does not take ${request.method}; it takes ${allowed.join(', ')}.`,
        },
      ]),
  })
}
