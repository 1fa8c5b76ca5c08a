import { openApi, type ValidationPolicy } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { refuseOtherMethods } from './methods.ts'

/** `GET /openapi.json`: both APIs, as this server holds them. */
export function openApiRoutes(app: FastifyInstance, policy: ValidationPolicy, prefix: string): void {
  app.get('/openapi.json', (request, reply) =>
    reply.send(openApi(policy, `${request.protocol}://${request.host}${prefix}`)),
  )
  refuseOtherMethods(app, '/openapi.json', ['GET', 'HEAD'])
}
