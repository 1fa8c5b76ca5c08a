import { type Problem, ProblemCode, findBodyProblems, type Static, Type } from '@playhead/protocol'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Access } from '../../auth/access.ts'
import { readJson } from '../../events/readJson.ts'
import { callerOf, turnAway } from '../server/guard.ts'
import { bodyOf } from '../collection/bodyOf.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { otherSite } from './otherSite.ts'
import { refuseParameters } from '../reporting/parseQuery.ts'
import { refuse } from '../server/refuse.ts'
import { clearSignedInCookie, setSignedInCookie } from './signedInCookie.ts'

const signIn = Type.Object({ token: Type.String() }, { additionalProperties: false })

/** `POST /login` and `POST /logout`: a token for a cookie, and back. What else a browser sends changes nothing. */
export function signInRoutes(app: FastifyInstance, access: Access): void {
  app.post('/login', (request, reply) => {
    const stranger = otherSite(request)
    if (stranger !== undefined) return refuse(reply, [stranger])
    const body = readJson(bodyOf(request))
    if (!body.ok) return refuse(reply, body.problems)
    const [problem] = findBodyProblems(signIn, body.value)
    // What was sent is not said again: it is a secret, or nearly one.
    if (problem !== undefined) return refuse(reply, [bodyWrong])
    const { token } = body.value as Static<typeof signIn>
    const signedIn = access.signIn(token.trim(), callerOf(request))
    if (!signedIn.ok) return turnAway(reply, signedIn)
    setSignedInCookie(request, reply, signedIn.value)
    return done(reply)
  })
  app.post('/logout', (request, reply) => {
    const stranger = otherSite(request)
    if (stranger !== undefined) return refuse(reply, [stranger])
    clearSignedInCookie(request, reply)
    return done(reply)
  })
  refuseOtherMethods(app, '/login', ['POST'])
  refuseOtherMethods(app, '/logout', ['POST'])
}

/** `GET /reporting/v1/access`: who asks, and what there is to be seen; behind the guard. */
export function accessRoutes(app: FastifyInstance): void {
  app.get(
    '/reporting/v1/access',
    { preHandler: refuseParameters },
    ({ reader: { token = null, suites = null } }) => ({ token, suites }),
  )
  refuseOtherMethods(app, '/reporting/v1/access', ['GET', 'HEAD'])
}

function done(reply: FastifyReply): FastifyReply {
  return reply.code(204).header('cache-control', 'no-store').send()
}

const bodyWrong: Problem = {
  code: ProblemCode.wrongType,
  pointer: '',
  message: 'The body must be {"token": "…"}.',
}
