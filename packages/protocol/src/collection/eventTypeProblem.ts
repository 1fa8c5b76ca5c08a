import { Endpoint } from './Endpoint.ts'
import { EventType, eventTypes, isEventType } from './EventType.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { nearestKey } from './nearestKey.ts'
import { renderValue } from './renderValue.ts'
import { ValidationPolicy } from './ValidationPolicy.ts'

/** Names from SDK calls, older versions and other APIs, and what this API calls the same thing. */
const otherNames: ReadonlyMap<string, EventType> = new Map([
  ['bufferComplete', EventType.play],
  ['bufferEnd', EventType.play],
  ['complete', EventType.sessionComplete],
  ['contentComplete', EventType.sessionComplete],
  ['end', EventType.sessionEnd],
  ['pause', EventType.pauseStart],
  ['pauseEnd', EventType.play],
  ['resume', EventType.play],
  ['seekComplete', EventType.play],
  ['seekStart', EventType.pauseStart],
  ['stall', EventType.play],
  ['start', EventType.sessionStart],
])

/** Whether an event of that type may come here: `sessionStart` opens a session, everything else follows it. */
export function eventTypeProblem(
  eventType: string,
  policy: ValidationPolicy,
  endpoint: Endpoint,
): Problem | undefined {
  const isStart = eventType === EventType.sessionStart
  if (isEventType(eventType)) {
    return isStart === (endpoint === Endpoint.sessions) ? undefined : notAllowed(eventType)
  }
  return policy === ValidationPolicy.lenient && endpoint === Endpoint.events
    ? undefined
    : unknownType(eventType)
}

function notAllowed(eventType: EventType): Problem {
  const isStart = eventType === EventType.sessionStart
  return {
    code: ProblemCode.eventTypeNotAllowed,
    pointer: '/eventType',
    message: isStart
      ? 'eventType sessionStart is not taken here: it opens a session of its own'
      : `eventType ${eventType} is not taken here: a session opens with sessionStart`,
    expected: isStart ? 'any event type but sessionStart' : '"sessionStart"',
    got: renderValue(eventType),
    hint: isStart
      ? 'post sessionStart to /api/v1/sessions'
      : 'post other events to /api/v1/sessions/{sid}/events, with the id from the Location header of the answer to sessionStart',
  }
}

function unknownType(eventType: string): Problem {
  const meant = otherNames.get(eventType) ?? nearestKey(eventType, eventTypes)
  return {
    code: ProblemCode.unknownEventType,
    pointer: '/eventType',
    message: `eventType must be an event of this API, got ${renderValue(eventType)}`,
    expected: `one of ${eventTypes.join(', ')}`,
    got: renderValue(eventType),
    ...(meant !== undefined && { hint: `did you mean ${meant}?` }),
  }
}
