import { isDeepStrictEqual } from 'node:util'
import { type Problem, ProblemCode, type LiveNow } from '@playhead/protocol'
import type { FastifyInstance } from 'fastify'
import type { Access } from '../../auth/access.ts'
import type { LiveFeed } from '../../live/liveFeed.ts'
import { callerOf } from '../server/guard.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { refuseParameters } from './parseQuery.ts'
import { refuse } from '../server/refuse.ts'

/** What may wait for a listener of the live view; one that reads no faster is cut off, and connects again by itself. */
const unreadMaxBytes = 1_048_576

/** `GET /reporting/v1/live`: server-sent events, one `now` a second. */
export function liveRoutes(app: FastifyInstance, live: LiveFeed, access: Access): void {
  const options = { exposeHeadRoute: false, preHandler: refuseParameters }
  app.get('/reporting/v1/live', options, (request, reply) => {
    const { raw } = reply
    const { token, suites } = request.reader
    const isStillAdmitted = (): boolean => {
      const again = access.admit(callerOf(request))
      return again.ok && again.reader.token === token && isDeepStrictEqual(again.reader.suites, suites)
    }
    const stop = live.listen({
      suites,
      onNow(now) {
        // A stream lasts; the right to it may not.
        if (reply.sent && !isStillAdmitted()) {
          raw.end()
          return
        }
        if (!reply.sent) {
          reply.hijack()
          raw.writeHead(200, streamHeaders)
        }
        raw.write(eventOf(now))
        if (raw.writableLength > unreadMaxBytes) raw.destroy()
      },
      onEnd: () => raw.end(),
    })
    if (stop === undefined) return refuse(reply, [tooManyListeners])
    request.raw.on('close', stop)
    return reply
  })
  refuseOtherMethods(app, '/reporting/v1/live', ['GET'])
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // A proxy would otherwise collect what is to be seen now.
  'x-accel-buffering': 'no',
}

function eventOf(now: LiveNow): string {
  return `event: now\ndata: ${JSON.stringify(now)}\n\n`
}

const tooManyListeners: Problem = {
  code: ProblemCode.listenersTooMany,
  pointer: '',
  message: 'As many as may do so look at the live view already.',
}
