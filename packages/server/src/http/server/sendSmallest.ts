import type { FastifyReply, FastifyRequest } from 'fastify'

/** Bytes that never change, as they are and as they were compressed beforehand. */
export interface Packed {
  readonly plain: Buffer
  readonly br?: Buffer | undefined
  readonly gzip?: Buffer | undefined
}

/** Smallest first. Browsers take Brotli from https and their own machine alone, and gzip from everywhere. */
const encodings = ['br', 'gzip'] as const

/** Send the smallest of what the client can unpack. */
export function sendSmallest(request: FastifyRequest, reply: FastifyReply, packed: Packed): FastifyReply {
  const accepted = acceptedEncodings(request.headers['accept-encoding'])
  const encoding = encodings.find((name) => packed[name] !== undefined && accepted.has(name))
  void reply.header('vary', 'accept-encoding')
  if (encoding === undefined) return reply.send(packed.plain)
  return reply.header('content-encoding', encoding).send(packed[encoding])
}

/** What an `Accept-Encoding` names, and not with a weight of 0. */
function acceptedEncodings(header: string | readonly string[] | undefined): ReadonlySet<string> {
  const named = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.replaceAll(' ', '').split(';q='))
  return new Set(named.flatMap(([name = '', weight]) => (Number(weight ?? 1) > 0 ? [name] : [])))
}
