import { type Problem, problemCatalogue } from '@playhead/protocol'
import type { FastifyReply } from 'fastify'
import { acceptedCodings } from '../collection/contentCoding.ts'
import { statusOf } from './status.ts'

/** How long a client is asked to wait after a 429 or 503, in `Retry-After`, where nothing else is known. */
export const retryAfterS = 1

/** The body of every refusal: one line for people, and each problem with the place it is at. */
export interface RefusalBody {
  readonly message: string
  readonly errors: readonly Problem[]
}

/** Answer a refusal with the status of its first problem. */
export function refuse(reply: FastifyReply, problems: readonly [Problem, ...Problem[]]): FastifyReply {
  const status = statusOf[problems[0].code]
  const [{ code }, ...others] = problems
  const codes = [code, ...others.map((problem) => problem.code)] as const
  reply.server.observer.refused(codes)
  // No pointers: they hold keys that were sent.
  reply.log.debug({ status, codes }, 'refused')
  void reply.header('x-request-id', reply.request.id)
  if ((status === 503 || status === 429) && !reply.hasHeader('retry-after'))
    void reply.header('retry-after', retryAfterS)
  if (status === 415) void reply.header('accept-encoding', acceptedCodings)
  return reply.code(status).type('application/json; charset=utf-8').send(refusalBody(problems))
}

export function refusalBody(problems: readonly [Problem, ...Problem[]]): RefusalBody {
  const [{ message }, ...others] = problems
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return { message: message + more, errors: problems.map(withHint) }
}

/** Every problem says how to mend it: from what was sent, or else what its code says in general. */
export function withHint(problem: Problem): Problem {
  return { ...problem, hint: problem.hint ?? problemCatalogue[problem.code].remedy }
}
