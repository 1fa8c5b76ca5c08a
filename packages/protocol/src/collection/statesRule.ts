import type { CrossFieldRule } from './CrossFieldRule.ts'
import { EventType } from './EventType.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { isJsonObject, memberOf } from './isJsonObject.ts'

const lists = ['statesStart', 'statesEnd'] as const

/** A `statesUpdate` changes something: at least one of its lists has an element. */
export const statesRule: CrossFieldRule = {
  eventType: EventType.statesUpdate,
  findProblem,
  draft04: {
    anyOf: lists.map((list) => ({
      properties: { params: { required: [list], properties: { [list]: { minItems: 1 } } } },
    })),
  },
  description: 'At least one of statesStart and statesEnd has an element.',
}

function findProblem(body: Record<string, unknown>): Problem | undefined {
  const params = memberOf(body, 'params')
  if (!isJsonObject(params)) return undefined
  const sent = lists.map((list) => memberOf(params, list)).filter((list) => list !== undefined)
  if (sent.some((list) => !Array.isArray(list) || list.length > 0)) return undefined
  return {
    code: ProblemCode.statesEmpty,
    pointer: '/params',
    message: 'params must start or end at least one state',
    expected: 'statesStart or statesEnd with at least one element',
    got: sent.length === 0 ? 'no list' : 'empty lists',
    hint: 'send {"statesStart": [{"media.state.name": "mute"}]}, or do not send the event',
  }
}
