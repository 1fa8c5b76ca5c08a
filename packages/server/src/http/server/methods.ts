import { METHODS } from 'node:http'
import { type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from './refuse.ts'

/**
 * Let every method that Node reads come to the routes, WebDAV's too; without this Fastify says that there is nothing at
 * the path. What comes with them is not read. `CONNECT` is no request for a path, and never comes here.
 */
export function takeAllMethods(app: FastifyInstance): void {
  const known = new Set([...app.supportedMethods, 'CONNECT'])
  for (const method of METHODS) if (!known.has(method)) app.addHttpMethod(method)
}

/** Answer 405 on a path that exists, for the methods it does not take. `onRefusal` hears of each. */
export function refuseOtherMethods(
  app: FastifyInstance,
  url: string,
  allowed: readonly string[],
  onRefusal: (request: FastifyRequest, problem: Problem) => void = () => {},
): void {
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: (request, reply) => {
      const problem = methodNotAllowed(request.method, allowed)
      onRefusal(request, problem)
      return refuse(reply.header('allow', allowed.join(', ')), [problem])
    },
  })
}

function methodNotAllowed(method: string, allowed: readonly string[]): Problem {
  return {
    code: ProblemCode.methodNotAllowed,
    pointer: '',
    message: `This path does not take ${method}; it takes ${allowed.join(', ')}.`,
    got: method,
  }
}
