import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access, Caller, Reader, TurnedAway } from '../../auth/access.ts'
import { clientOf } from '../limits/clientRate.ts'
import { signedInCookie } from '../dashboard/signedInCookie.ts'
import { otherSite } from '../dashboard/otherSite.ts'
import { refuse } from './refuse.ts'
import { answerHeaders } from './safeHeaders.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; there on every route behind a guard. */
    reader: Reader
  }
}

/**
 * Everything that is registered here needs a token.
 *
 * @param limit puts bounds on the scope that hold for those who are turned away as well
 */
export function guard(
  scope: FastifyInstance,
  access: Access,
  limit: (scope: FastifyInstance) => void = () => {},
): void {
  scope.addHook('onRequest', async (_request, reply) => {
    // Nothing of it belongs into any cache, and the answer to one reader is not that to another.
    void reply.headers({ ...answerHeaders, 'cache-control': 'no-store' })
  })
  limit(scope)
  scope.addHook('onRequest', async (request, reply) => {
    const admitted = access.admit(callerOf(request))
    if (!admitted.ok) return turnAway(reply, admitted)
    // A browser adds its cookie, and its place on this machine, to what any page has it send.
    const isOfBrowser = request.headers.authorization === undefined && request.method === 'POST'
    const stranger = isOfBrowser ? otherSite(request) : undefined
    if (stranger !== undefined) return refuse(reply, [stranger])
    request.reader = admitted.reader
  })
}

/** Everything that is registered here, behind a guard, is about the whole server: not for who may see some suites. */
export function guardWhole(scope: FastifyInstance): void {
  scope.addHook('onRequest', async ({ reader }, reply) => {
    if (reader.suites !== undefined) return refuse(reply, [scopeInsufficient])
  })
}

/** What proxies add to the requests that they pass on. */
const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip'] as const

export function callerOf(request: FastifyRequest): Caller {
  return {
    authorization: request.headers.authorization,
    signedIn: signedInCookie(request),
    hostname: request.hostname,
    isForwarded: forwardingHeaders.some((name) => request.headers[name] !== undefined),
    client: clientOf(request.ip),
  }
}

export function turnAway(reply: FastifyReply, { problem, retryAfterS }: TurnedAway): FastifyReply {
  if (retryAfterS !== undefined) void reply.header('retry-after', retryAfterS)
  else {
    const why = problem.code === ProblemCode.tokenInvalid ? ', error="invalid_token"' : ''
    void reply.header('www-authenticate', `Bearer realm="playhead"${why}`)
  }
  return refuse(reply, [problem])
}

const scopeInsufficient: Problem = {
  code: ProblemCode.scopeInsufficient,
  pointer: '',
  message: 'This is about the whole server, and the token is for some report suites.',
}
