import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, ProblemCode } from '@playhead/protocol'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Access } from '../../auth/access.ts'
import type { Config } from '../../config.ts'
import type { Ingest } from '../../ingest/ingest.ts'
import { Rate } from '../../ingest/rate.ts'
import type { LiveFeed } from '../../live/liveFeed.ts'
import { ReportRefused, StoreUnavailable } from '../../reports/reports.ts'
import { BodyRoom } from '../limits/bodyRoom.ts'
import { withoutByteOrderMark } from '../collection/byteOrderMark.ts'
import { ClientErrors } from './clientError.ts'
import { limitClientRate } from '../limits/clientRate.ts'
import { collectionRoutes } from '../collection/collectionRoutes.ts'
import { limitConnections } from '../limits/connectionLimit.ts'
import { ContentCoding } from '../collection/contentCoding.ts'
import { corsFor } from './cors.ts'
import { DocumentedResponse } from './documentedResponse.ts'
import { Exchanges } from '../limits/exchanges.ts'
import { dashboardRoutes, pageUnknown } from '../dashboard/dashboardRoutes.ts'
import { guard } from './guard.ts'
import { liveRoutes } from '../reporting/liveRoutes.ts'
import { takeAllMethods } from './methods.ts'
import { observeRequests, type RequestObserver } from './observeRequests.ts'
import { type Operations, operationsRoutes } from './operationsRoutes.ts'
import { openApiRoutes } from './openApiRoutes.ts'
import { refuse } from './refuse.ts'
import { queryRoutes } from '../reporting/queryRoutes.ts'
import { reportingRoutes } from '../reporting/reportingRoutes.ts'
import { RequestRefused } from './requestRefused.ts'
import { RequestsUnderWay } from '../limits/requestsUnderWay.ts'
import type { ReportsFor } from '../reporting/reportsFor.ts'
import { accessRoutes, signInRoutes } from '../dashboard/signInRoutes.ts'
import { bodyRefused, pathUnknown, type UnmatchedRequest, unmatchedBy } from './unmatchedRequest.ts'
import { readTls } from './tlsFiles.ts'
import { validateRoutes } from '../collection/validateRoutes.ts'

/** How long an idle connection is kept: longer than players take between two pings, 10 s or a minute. */
const keepAliveTimeoutMs = 90_000
/** How long a request may take to arrive; players give up after 5 s. */
const requestTimeoutMs = 30_000
/** How long a request's line and headers may take to arrive: they fit into one packet or a few. */
const headersTimeoutMs = 10_000
/** How often connections are looked at for requests that take too long to arrive. */
const connectionsCheckIntervalMs = 2000
/** How long nothing may move over a connection before it is closed: its client no longer reads the answer. */
const connectionTimeoutMs = 120_000
/** A request's line, with the URL, and headers: browsers send some hundred bytes; more gets 431. */
const headersMaxBytes = 16_384

/** How long browsers that came by https once come by nothing else: a year. */
const httpsMaxAgeS = 31_536_000

/** Characters of one part of a path: whatever is no session id is answered as an unknown one. */
const pathMaxChars = 4096

export interface HttpParts extends Operations {
  readonly ingest: Ingest
  readonly reportsFor: ReportsFor
  readonly access: Access
  readonly live: LiveFeed
  readonly observer: RequestObserver
  /** Hears of requests of players that came to no route. */
  readonly onUnmatched: (unmatched: UnmatchedRequest) => void
  readonly config: Pick<
    Config,
    | 'validation'
    | 'admission'
    | 'basePath'
    | 'eventBodyMaxBytes'
    | 'downloadBodyMaxBytes'
    | 'limits'
    | 'tls'
    | 'trustedProxies'
  >
  readonly log: FastifyBaseLogger
}

/** The edge: every route, and how each refusal is answered. */
export function createHttpServer(parts: HttpParts): FastifyInstance {
  const { ingest, access, observer, config, log } = parts
  const cors = corsFor(config.admission.origins)
  const { limits } = config
  const exchanges = new Exchanges()
  const clientErrors = new ClientErrors(exchanges, cors)
  const bodyRoom = new BodyRoom(limits.bodiesMaxBytes)
  const contentCoding = new ContentCoding(limits.bodiesMaxBytes)
  const clientRates = {
    requests: new Rate(limits.clientRateMaxPerS),
    bytes: new Rate(limits.clientRateMaxBytesPerS),
  }
  const underWay = new RequestsUnderWay(limits.requestsMax)
  const bounds = {
    headersTimeout: headersTimeoutMs,
    connectionsCheckingInterval: connectionsCheckIntervalMs,
    maxHeaderSize: headersMaxBytes,
    // Node's own refusal has no body that would say why.
    requireHostHeader: false,
    ServerResponse: DocumentedResponse,
  }
  // The same with TLS and without; Fastify has a type for each.
  const secure = config.tls && { ...bounds, ...readTls(config.tls), handshakeTimeout: headersTimeoutMs }
  const transport = { http: bounds, ...(secure && { https: secure }) } as { readonly http: ServerOptions }
  const app = fastify({
    bodyLimit: config.eventBodyMaxBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: connectionTimeoutMs,
    ...transport,
    // Never everyone: what a stranger says of itself is not believed.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    // A stop answers what is under way: an event that is answered 503 is lost, for players do not repeat it.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: pathMaxChars },
    frameworkErrors: (error, request, reply) => {
      void refuse(reply.headers(cors(request.headers.origin)), [problemOf(error)])
    },
    clientErrorHandler: (error, socket) => {
      if (clientErrors.answer(error, socket)) observer.refused([ProblemCode.requestMalformed])
    },
    requestIdHeader: false,
    genReqId: requestIds(),
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: log,
  })
  takeAllMethods(app)
  observeRequests(app, observer)
  // A client that goes on elsewhere is not cut off in the middle of its next request.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (parts.isStopping()) void reply.header('connection', 'close')
    done(null, payload)
  })
  // A client may close its side behind its request, as `nc` does; else Node drops the answer to what was taken.
  Object.assign(app.server, { httpAllowHalfOpen: true })
  exchanges.attach(app.server, cors, (code) => observer.refused([code]))
  // Node closes the connection of a CONNECT that nobody hears of.
  app.server.on('connect', (request: IncomingMessage, socket: Socket) => {
    if (clientErrors.answerConnect(request, socket)) observer.refused([ProblemCode.requestMalformed])
  })
  limitConnections(app.server, limits.connectionsMax, cors, observer)
  // Node would answer 417 by itself; what a client expects of the answer is not ours to refuse.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  // JSON is read by ingest, from any Content-Type and from none.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const bodyMaxBytes = request.routeOptions.bodyLimit ?? config.eventBodyMaxBytes
    const body = await bodyRoom.receive(payload, bodyMaxBytes)
    const plain = await contentCoding.unpack(body, request.headers['content-encoding'], bodyMaxBytes)
    return withoutByteOrderMark(plain)
  })
  app.addHook('onRequest', async ({ protocol }, reply) => {
    if (protocol === 'https') void reply.header('strict-transport-security', `max-age=${httpsMaxAgeS}`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const [problem] = hostProblems(request.raw)
    if (problem !== undefined) return refuse(reply.headers(cors(request.headers.origin)), [problem])
    // What a client declares is not looked at, and must not be refused for how it is written.
    // Fastify refuses a QUERY that declares nothing.
    if (request.headers['content-type'] !== undefined || request.method === 'QUERY')
      request.raw.headers['content-type'] = 'application/json'
  })

  app.decorateRequest('reader')

  const collection = {
    ingest,
    onUnmatched: parts.onUnmatched,
    policy: config.validation,
    cors,
    downloadBodyMaxBytes: config.downloadBodyMaxBytes,
  }
  const limit = (scope: FastifyInstance): void => {
    limitClientRate(scope, clientRates)
    underWay.limit(scope)
  }
  const limited = (prefix: string, addRoutes: (scope: FastifyInstance) => void): void =>
    void app.register(
      async (scope) => {
        addRoutes(scope)
        limit(scope)
      },
      { prefix },
    )
  // With a base path the paths without it work too: some players follow the Location as it stands.
  for (const prefix of new Set(['', config.basePath])) {
    limited(prefix, (scope) => collectionRoutes(scope, collection))
    void app.register(async (scope) => readerRoutes(scope, parts, limit), { prefix })
    limited(prefix, (scope) => signInRoutes(scope, access))
    void app.register(async (scope) => operationsRoutes(scope, parts), { prefix })
    limited(prefix, (scope) => openApiRoutes(scope, config.validation, prefix))
    limited(prefix, (scope) => dashboardRoutes(scope, prefix))
  }

  const sendPageUnknown = pageUnknown(config.basePath)
  app.setNotFoundHandler((request, reply) => {
    if (sendPageUnknown(request, reply)) return reply
    const problem = pathUnknown(request)
    const unmatched = unmatchedBy(request, problem)
    if (unmatched !== undefined) parts.onUnmatched(unmatched)
    return refuse(reply.headers(cors(request.headers.origin)), [problem])
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === ProblemCode.internal) request.log.error({ err: error }, 'a request failed')
    // Fastify closes behind every body that it did not get; one that has arrived whole holds up no next request.
    if (request.raw.complete && reply.raw.shouldKeepAlive) void reply.header('connection', 'keep-alive')
    const unmatched = bodyRefused(request, problem)
    if (unmatched !== undefined) parts.onUnmatched(unmatched)
    return refuse(reply, [problem])
  })
  return app
}

/** Ids that no other request has, of any process: what a client sends is not taken for one. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('base64url')
  let count = 0
  return () => `${process}-${(count += 1)}`
}

/** HTTP/1.1 asks for one Host header: two are read by a proxy in front as one name, and here as another. */
function hostProblems({ rawHeaders, httpVersion }: IncomingMessage): Problem[] {
  const hosts = rawHeaders.filter((name, nth) => nth % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return []
  const message =
    hosts === 0
      ? 'The request has no Host header, which HTTP/1.1 asks for.'
      : `The request has ${hosts} Host headers; HTTP/1.1 allows one.`
  return [{ code: ProblemCode.requestMalformed, pointer: '', message }]
}

/** All that is for readers alone. */
function readerRoutes(
  scope: FastifyInstance,
  { reportsFor, live, access, config }: HttpParts,
  limit: (scope: FastifyInstance) => void,
): void {
  guard(scope, access, limit)
  reportingRoutes(scope, reportsFor)
  queryRoutes(scope, reportsFor)
  validateRoutes(scope, config.validation)
  liveRoutes(scope, live, access)
  accessRoutes(scope)
}

/** What is thrown is the transport's, which has a status of its own, a store that is away, or a bug. */
function problemOf(error: FastifyError): Problem {
  if (error instanceof RequestRefused) return error.problem
  if (error instanceof StoreUnavailable) {
    return {
      code: ProblemCode.storeUnavailable,
      pointer: '',
      message: 'The store does not answer at present.',
    }
  }
  if (error instanceof ReportRefused) return error.problem
  if ((error.statusCode ?? 500) < 500) {
    return { code: ProblemCode.requestMalformed, pointer: '', message: error.message }
  }
  return { code: ProblemCode.internal, pointer: '', message: 'The server failed; its log says why.' }
}
