import { ProblemCode, publishedSchema, type ValidationPolicy, type Result } from '@playhead/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ingest, Sender, Taken } from '../../ingest/ingest.ts'
import { allowedHeaders, type Cors, preflightMaxAgeS } from '../server/cors.ts'
import { bodyOf } from './bodyOf.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { refuse } from '../server/refuse.ts'
import { mayBePlayers, type UnmatchedRequest } from '../server/unmatchedRequest.ts'

interface SidParams {
  readonly Params: { readonly sid: string }
}
interface EventTypeParams {
  readonly Params: { readonly eventType: string }
}

export interface Collection {
  readonly ingest: Ingest
  readonly onUnmatched: (unmatched: UnmatchedRequest) => void
  readonly policy: ValidationPolicy
  readonly cors: Cors
  readonly downloadBodyMaxBytes: number
}

/** The collection API, as players speak it: `/api/v1/*` below the base path. */
export function collectionRoutes(
  app: FastifyInstance,
  { ingest, onUnmatched, policy, cors, downloadBodyMaxBytes }: Collection,
): void {
  // A downloaded session may come on both paths; what a start may measure is looked at where it is known to be one.
  app.post('/api/v1/sessions', { bodyLimit: downloadBodyMaxBytes }, async (request, reply) =>
    answer(reply, await ingest.openSession(bodyOf(request), senderOf(request)), opened),
  )
  app.post('/api/v1/downloaded', { bodyLimit: downloadBodyMaxBytes }, async (request, reply) =>
    answer(reply, await ingest.takeDownload(bodyOf(request), senderOf(request)), opened),
  )
  app.post<SidParams>('/api/v1/sessions/:sid/events', async (request, reply) =>
    answer(reply, await ingest.takeEvent(request.params.sid, bodyOf(request)), taken),
  )
  app.get<EventTypeParams>('/api/v1/schemas/:eventType', (request, reply) => {
    const { eventType } = request.params
    const schema = publishedSchema(eventType, policy, `${request.protocol}://${request.host}`)
    if (schema !== undefined) return reply.type('application/json; charset=utf-8').send(schema)
    const message = `There is no schema of that name; schemas are named after event types.`
    return refuse(reply, [{ code: ProblemCode.schemaUnknown, pointer: '', message }])
  })

  const paths = [
    ['/api/v1/sessions', ['POST'], 'sessions'],
    ['/api/v1/sessions/:sid/events', ['POST'], 'events'],
    ['/api/v1/downloaded', ['POST'], 'downloaded'],
    ['/api/v1/schemas/:eventType', ['GET', 'HEAD'], undefined],
  ] as const
  for (const [path, methods, endpoint] of paths) {
    app.options(path, ({ headers }, reply) =>
      reply
        .code(204)
        .header('access-control-allow-headers', allowedHeaders(headers['access-control-request-headers']))
        .header('access-control-max-age', preflightMaxAgeS)
        .send(),
    )
    refuseOtherMethods(app, path, [...methods, 'OPTIONS'], (request, problem) => {
      if (endpoint !== undefined && mayBePlayers(request))
        onUnmatched({ endpoint, problem, body: bodyOf(request) })
    })
  }

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(cors(request.headers.origin))
  })
}

function senderOf({ ip, headers: { origin } }: FastifyRequest): Sender {
  return { origin, address: ip }
}

function answer(reply: FastifyReply, result: Result<Taken>, accept: typeof opened): FastifyReply {
  return result.ok ? accept(reply, result.value.sid) : refuse(reply, result.problems)
}

/** Players take the session's id out of a relative path that begins with `/api/`; nothing else works for all of them. */
function opened(reply: FastifyReply, sid: string): FastifyReply {
  return reply
    .code(201)
    .header('location', `/api/v1/sessions/${sid}`)
    .header('content-length', 0)
    .type('application/octet-stream')
    .send()
}

function taken(reply: FastifyReply): FastifyReply {
  return reply.code(204).send()
}
