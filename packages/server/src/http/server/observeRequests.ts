import type { ProblemCode } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'

/** Hears of every request. */
export interface RequestObserver {
  requestBegan(): void
  requestEnded(request: EndedRequest): void
  /** Told of the problems of each refusal; the first one decided its status. */
  refused(codes: readonly [ProblemCode, ...ProblemCode[]]): void
}

/** A request that is over. */
export interface EndedRequest {
  /** As it was registered, `/api/v1/sessions/:sid/events`; `undefined` where there is nothing at the path. */
  readonly route: string | undefined
  /** `undefined` where the client hung up before the answer was sent. */
  readonly status: number | undefined
  readonly seconds: number
}

declare module 'fastify' {
  interface FastifyInstance {
    observer: RequestObserver
  }
}

/** Tell an observer of every request of a server. */
export function observeRequests(app: FastifyInstance, observer: RequestObserver): void {
  app.decorate('observer', observer)
  app.addHook('onRequest', (request, reply, done) => {
    const beganMs = performance.now()
    observer.requestBegan()
    // Not `onResponse`: it never comes where the client hangs up.
    reply.raw.once('close', () => {
      const route = request.routeOptions.url
      const status = reply.raw.writableFinished ? reply.raw.statusCode : undefined
      const seconds = (performance.now() - beganMs) / 1000
      observer.requestEnded({ route, status, seconds })
      request.log.debug({ method: request.method, route, status, seconds }, 'answered')
    })
    done()
  })
}
