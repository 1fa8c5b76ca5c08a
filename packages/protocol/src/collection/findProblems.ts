import { Compile } from 'typebox/compile'
import { crossFieldRules } from './crossFieldRules.ts'
import { Endpoint } from './Endpoint.ts'
import { isEventType } from './EventType.ts'
import { eventTypeProblem } from './eventTypeProblem.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { problemFromViolation } from './problemFromViolation.ts'
import { ProblemList } from './ProblemList.ts'
import { findViolations } from './findViolations.ts'
import { isJsonObject, memberOf } from './isJsonObject.ts'
import { renderValue } from './renderValue.ts'
import { schemaForPolicy } from './schemaForPolicy.ts'
import type { SchemaNode } from './SchemaNode.ts'
import type { ValidationPolicy } from './ValidationPolicy.ts'

/**
 * Everything that is wrong with one event as sent, at most `problemsMax` problems; `[]` when the policy accepts it.
 * Sorted by pointer, one problem for each pointer and code. Takes any parsed JSON value, throws for none, and
 * changes nothing: no coercion, no stripping, no defaults.
 *
 * What a lenient policy accepted and a stricter one would not is the difference of two calls.
 */
export function findProblems(body: unknown, policy: ValidationPolicy, endpoint: Endpoint): Problem[] {
  if (!isJsonObject(body)) return [bodyNotObject(body, endpoint)]
  const sentType = memberOf(body, 'eventType')
  const eventType = typeof sentType === 'string' ? sentType : ''
  const shape = shapeFor(eventType, policy)

  const problems = new ProblemList()
  if (typeof sentType === 'string') addProblem(problems, eventTypeProblem(eventType, policy, endpoint))
  for (const rule of crossFieldRules(eventType, policy)) addProblem(problems, rule.findProblem(body))
  if (!shape.accepts(body)) {
    for (const violation of findViolations(shape.schema, body))
      problems.add(problemFromViolation(violation, sentType))
  }
  return problems.sorted()
}

interface Shape {
  readonly schema: SchemaNode
  /** The schema compiled to code: some hundred nanoseconds for a valid event. */
  readonly accepts: (body: unknown) => boolean
}

const shapes = new Map<string, Shape>()

/** Compiled when first asked for, then kept: at most 21 for each policy, all unknown types share one. */
function shapeFor(eventType: string, policy: ValidationPolicy): Shape {
  const name = `${policy} ${isEventType(eventType) ? eventType : ''}`
  const kept = shapes.get(name)
  if (kept !== undefined) return kept
  const schema = schemaForPolicy(eventType, policy)
  const validator = Compile(schema)
  const shape = { schema, accepts: (body: unknown) => validator.Check(body) }
  shapes.set(name, shape)
  return shape
}

function addProblem(problems: ProblemList, problem: Problem | undefined): void {
  if (problem !== undefined) problems.add(problem)
}

function bodyNotObject(body: unknown, endpoint: Endpoint): Problem {
  const got = renderValue(body)
  return {
    code: ProblemCode.bodyNotObject,
    pointer: '',
    message: `the body must be one event, a JSON object, got ${got}`,
    expected: 'object with eventType, playerTime',
    got,
    ...(Array.isArray(body) && { hint: arrayHint(endpoint) }),
    ...(typeof body === 'string' && { hint: 'the event was encoded as JSON twice: send the object itself' }),
  }
}

function arrayHint(endpoint: Endpoint): string {
  return endpoint === Endpoint.sessions
    ? 'send sessionStart alone'
    : 'send each event in a request of its own'
}
