import type { FastifyRequest } from 'fastify'

/** The bytes of a request's body; none where it was sent without one. */
export function bodyOf({ body }: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
