import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsMax, findProblems } from '../src/index.ts'
import { Endpoint } from '../src/collection/Endpoint.ts'
import { isJsonObject, memberOf } from '../src/collection/isJsonObject.ts'
import { findViolations } from '../src/collection/findViolations.ts'
import { schemaForPolicy } from '../src/collection/schemaForPolicy.ts'
import { ValidationPolicy } from '../src/collection/ValidationPolicy.ts'
import { Compile } from 'typebox/compile'
import { readValidExamples } from './examples.ts'
import { mutated } from './mutated.ts'

const validBodies = readValidExamples().map(({ body }) => body)
const anyBody = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(...validBodies).chain(mutated),
  // Through JSON.parse, so that `__proto__` is an own member.
  fc.json({ maxDepth: 4 }).map((text): unknown => JSON.parse(text)),
  fc.dictionary(fc.constantFrom('eventType', 'playerTime', 'params', '__proto__', 'x'), fc.jsonValue()),
)
const anyPolicy = fc.constantFrom(...Object.values(ValidationPolicy))
const anyEndpoint = fc.constantFrom(...Object.values(Endpoint))

describe('findProblems', () => {
  test('answers any JSON value with a sorted, capped list without repetitions, and changes nothing', () => {
    fc.assert(
      fc.property(anyBody, anyPolicy, anyEndpoint, (body, policy, endpoint) => {
        const before = structuredClone(body)
        const problems = findProblems(body, policy, endpoint)
        expect(body).toEqual(before)
        const places = problems.map(({ pointer, code }) => `${pointer} ${code}`)
        expect(new Set(places).size).toBe(places.length)
        expect(problems.length).toBeLessThanOrEqual(problemsMax)
        const pointers = problems.map(({ pointer }) => pointer)
        expect(pointers).toEqual(pointers.toSorted())
        expect(findProblems(body, policy, endpoint)).toEqual(problems)
      }),
      { numRuns: 3000 },
    )
  })

  test('accepts under each policy what a stricter one accepts', () => {
    fc.assert(
      fc.property(anyBody, anyEndpoint, (body, endpoint) => {
        const refuses = (policy: ValidationPolicy) => findProblems(body, policy, endpoint).length > 0
        if (refuses('lenient')) expect(refuses('documented')).toBe(true)
        if (refuses('documented')) expect(refuses('strict')).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('finds violations exactly where the compiled schema refuses', () => {
    const compiled = new Map<string, ReturnType<typeof Compile>>()
    fc.assert(
      fc.property(fc.constantFrom(...validBodies).chain(mutated), anyPolicy, (body, policy) => {
        const sent = memberOf(body, 'eventType')
        const type = typeof sent === 'string' ? sent : ''
        const schema = schemaForPolicy(type, policy)
        const validator = compiled.get(`${policy} ${type}`) ?? Compile(schema)
        compiled.set(`${policy} ${type}`, validator)
        expect(findViolations(schema, body).length === 0).toBe(validator.Check(body))
      }),
      { numRuns: 3000 },
    )
  })

  test('points at a member that is there, or that is missing from an object that is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...validBodies).chain(mutated), anyPolicy, (body, policy) => {
        for (const { pointer, code } of findProblems(body, policy, 'events')) {
          const steps = pointer.split('/').slice(1).map(unescape)
          const around = steps.slice(0, -1).reduce(memberAt, body)
          const last = steps.at(-1)
          if (last !== undefined) expect(hasMember(around, last)).toBe(code !== 'missing_member')
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function unescape(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function memberAt(value: unknown, step: string): unknown {
  return Array.isArray(value) ? value[Number(step)] : memberOf(value, step)
}

function hasMember(value: unknown, step: string): boolean {
  return Array.isArray(value)
    ? Number(step) < value.length
    : isJsonObject(value) && Object.hasOwn(value, step)
}
