import { randomBytes } from 'node:crypto'
import { type Fault, FaultCode } from '@playhead/protocol'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify'
import type { Config } from '../config.ts'
import { bodyTooLarge, type Ingest } from '../ingest/ingest.ts'
import type { LiveFeed } from '../report/liveFeed.ts'
import { ReportRefused, type Reports, StoreUnavailable } from '../report/reports.ts'
import { answerClientError } from './clientError.ts'
import { collectionRoutes } from './collectionRoutes.ts'
import { corsFor } from './cors.ts'
import { dashboardRoutes } from './dashboardRoutes.ts'
import { liveRoutes } from './liveRoutes.ts'
import { observeRequests, type RequestObserver } from './observeRequests.ts'
import { type Exposition, type Health, operationsRoutes } from './operationsRoutes.ts'
import { refuse } from './refuse.ts'
import { queryRoutes } from './queryRoutes.ts'
import { reportingRoutes } from './reportingRoutes.ts'
import { validateRoutes } from './validateRoutes.ts'

/** How long an idle connection is kept: longer than players take between two pings, 10 s or a minute. */
const keepAliveTimeoutMs = 90_000
/** How long a request may take to arrive; players give up after 5 s. */
const requestTimeoutMs = 30_000

/** Characters of one part of a path: whatever is no session id is answered as an unknown one. */
const pathMaxChars = 4096

export interface HttpParts {
  readonly ingest: Ingest
  readonly reports: Reports
  readonly live: LiveFeed
  readonly health: () => Health
  readonly observer: RequestObserver
  readonly exposition: Exposition
  readonly config: Pick<
    Config,
    'validation' | 'admission' | 'basePath' | 'eventBodyMaxBytes' | 'downloadBodyMaxBytes'
  >
  readonly log: FastifyBaseLogger
}

/** The edge: every route, and how each refusal is answered. */
export function createHttpServer(parts: HttpParts): FastifyInstance {
  const { ingest, reports, live, health, observer, exposition, config, log } = parts
  const cors = corsFor(config.admission.origins)
  const app = fastify({
    bodyLimit: config.eventBodyMaxBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // A stop answers what is under way: an event that is answered 503 is lost, for players do not repeat it.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: pathMaxChars },
    frameworkErrors: (error, request, reply) => {
      void refuse(reply.headers(cors(request.headers.origin)), [faultOf(error, config.eventBodyMaxBytes)])
    },
    clientErrorHandler: (error, socket) => {
      if (answerClientError(error, socket, cors)) observer.refused(FaultCode.requestMalformed)
    },
    requestIdHeader: false,
    genReqId: requestIds(),
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: log,
  })
  observeRequests(app, observer)
  // Node would answer 417 by itself; what a client expects of the answer is not ours to refuse.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  // JSON is read by ingest, from any Content-Type and from none.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request) => {
    // What a client declares is not looked at, and must not be refused for how it is written.
    if (request.headers['content-type'] !== undefined)
      request.raw.headers['content-type'] = 'application/json'
  })

  const collection = {
    ingest,
    policy: config.validation,
    cors,
    downloadBodyMaxBytes: config.downloadBodyMaxBytes,
  }
  // With a base path the paths without it work too: some players follow the Location as it stands.
  for (const prefix of new Set(['', config.basePath])) {
    void app.register(async (scope) => collectionRoutes(scope, collection), { prefix })
    void app.register(async (scope) => reportingRoutes(scope, reports), { prefix })
    void app.register(async (scope) => queryRoutes(scope, reports), { prefix })
    void app.register(async (scope) => validateRoutes(scope, config.validation), { prefix })
    void app.register(async (scope) => liveRoutes(scope, live), { prefix })
    void app.register(async (scope) => operationsRoutes(scope, health, exposition), { prefix })
    void app.register(async (scope) => dashboardRoutes(scope, prefix), { prefix })
  }

  app.setNotFoundHandler((request, reply) =>
    refuse(reply.headers(cors(request.headers.origin)), [pathUnknown]),
  )
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const fault = faultOf(error, request.routeOptions.bodyLimit ?? config.eventBodyMaxBytes)
    if (fault.code === FaultCode.internal) request.log.error({ err: error }, 'a request failed')
    return refuse(reply, [fault])
  })
  return app
}

/** Ids that no other request has, of any process: what a client sends is not taken for one. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('base64url')
  let count = 0
  return () => `${process}-${(count += 1)}`
}

const pathUnknown: Fault = {
  code: FaultCode.pathUnknown,
  pointer: '',
  message: 'There is nothing at this path.',
  hint: 'The collection API is at /api/v1/sessions, the reporting API at /reporting/v1/sessions.',
}

/** What is thrown is the transport's, which has a status of its own, a store that is away, or a bug. */
function faultOf(error: FastifyError, bodyMaxBytes: number): Fault {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return bodyTooLarge(bodyMaxBytes)
  }
  if (error instanceof StoreUnavailable) {
    return { code: FaultCode.storeUnavailable, pointer: '', message: 'The store does not answer at present.' }
  }
  if (error instanceof ReportRefused) return error.fault
  if ((error.statusCode ?? 500) < 500) {
    return { code: FaultCode.requestMalformed, pointer: '', message: error.message }
  }
  return { code: FaultCode.internal, pointer: '', message: 'The server failed; its log says why.' }
}
