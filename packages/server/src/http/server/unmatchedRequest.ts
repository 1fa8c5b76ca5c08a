import { clip, type Problem, ProblemCode } from '@playhead/protocol'
import type { FastifyRequest } from 'fastify'
import type { RefusedEndpoint } from '../../ingest/tally.ts'
import { bodyOf } from '../collection/bodyOf.ts'

/** Longest path that is repeated to who asked for it, characters: that of an event below a base path is some ninety. */
const pathShownMaxChars = 128

/** A request of a player that no route of the collection API takes: the path is wrong, or the method. */
export interface UnmatchedRequest {
  readonly endpoint: RefusedEndpoint
  readonly problem: Problem
  readonly body: Buffer
}

/** What is said where there is nothing at a path. */
export function pathUnknown(request: FastifyRequest): Problem {
  const path = pathOf(request)
  return {
    code: ProblemCode.pathUnknown,
    pointer: '',
    message: 'There is nothing at this path.',
    got: `${request.method} ${clip(path, pathShownMaxChars)}`,
    hint: path.endsWith('/api/v1/sessions') || path.includes('/api/v1/sessions/') ? basePathHint : pathsHint,
  }
}

/**
 * A request to a path that there is not, if a player may have sent it; a browser asks with OPTIONS first, and sends nothing
 * else when that fails. Whoever tries paths at random is counted alone.
 */
export function unmatchedBy(request: FastifyRequest, problem: Problem): UnmatchedRequest | undefined {
  const isPlayers = mayBePlayers(request) && pathOf(request).includes('/api/v1/')
  return isPlayers ? { endpoint: 'elsewhere', problem, body: bodyOf(request) } : undefined
}

/** Problems of a body that no player may hear of by its answer alone: nobody reads those of players that are out. */
const notedOfBodies: ReadonlySet<ProblemCode> = new Set([
  ProblemCode.bodyTooLarge,
  ProblemCode.encodingUnsupported,
  ProblemCode.encodingBroken,
])

/** A body for the collection API that was refused before it was whole, and in plain text: it is noted without its text. */
export function bodyRefused(
  { routeOptions: { url = '' } }: FastifyRequest,
  problem: Problem,
): UnmatchedRequest | undefined {
  const endpoint = endpoints.find(([path]) => url.endsWith(path))?.[1]
  return endpoint !== undefined && notedOfBodies.has(problem.code)
    ? { endpoint, problem, body: Buffer.alloc(0) }
    : undefined
}

const endpoints: readonly (readonly [string, RefusedEndpoint])[] = [
  ['/api/v1/sessions', 'sessions'],
  ['/api/v1/sessions/:sid/events', 'events'],
  ['/api/v1/downloaded', 'downloaded'],
]

/** Methods that a player may send by mistake. Who reads, or speaks WebDAV, is none. */
const playersMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export function mayBePlayers({ method }: FastifyRequest): boolean {
  return playersMethods.has(method)
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? ''
}

const pathsHint = 'The collection API is at /api/v1/sessions, the reporting API at /reporting/v1/sessions.'
const basePathHint =
  'Players that report below a path need the server to know it: set PLAYHEAD_BASE_PATH to what stands in front of /api, or take it out of the player’s setting.'
