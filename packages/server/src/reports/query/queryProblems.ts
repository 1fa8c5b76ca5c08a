import { type Problem, findBodyProblems, toPointer } from '@playhead/protocol'
import type { TSchema } from 'typebox'

/** What to do where a problem of a query has no advice of its own: that of its code is for players. */
const hint = 'What it takes is in GET /openapi.json, which ids there are in GET /reporting/v1/catalog.'

/** All that is wrong with the shape of a query, or of the request of a panel. */
export function queryProblems(schema: TSchema, body: unknown): Problem[] {
  return findBodyProblems(schema, body).map((problem) => ({ ...problem, hint: problem.hint ?? hint }))
}

/**
 * The members of a request that have the right shape: what is wrong with them besides can be told together with what is
 * wrong elsewhere.
 */
export function soundMembers<Request extends object>(
  body: unknown,
  problems: readonly Problem[],
): Partial<Request> {
  if (typeof body !== 'object' || body === null) return {}
  const isSound = (name: string): boolean => {
    const pointer = toPointer([name])
    return !problems.some(
      (problem) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`),
    )
  }
  const members = Object.entries(body).filter(([name]) => isSound(name))
  return Object.fromEntries(members) as Partial<Request>
}
