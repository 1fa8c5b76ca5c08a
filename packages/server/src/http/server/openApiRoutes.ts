import { openApi, type ValidationPolicy } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import { refuseOtherMethods } from './methods.ts'

/** `GET /openapi.json`: both APIs, as this server holds them. */
export function openApiRoutes(app: FastifyInstance, policy: ValidationPolicy, prefix: string): void {
  // Beside the document, wherever that was found.
  const document = JSON.stringify(openApi(policy, prefix === '' ? '/' : prefix))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document))
  refuseOtherMethods(app, '/openapi.json', ['GET', 'HEAD'])
}
