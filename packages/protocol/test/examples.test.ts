import { describe, expect, test } from 'vitest'
import {
  eventTypes,
  ProblemCode,
  problemCatalogue,
  findProblems,
  parameterTable,
  ValidationPolicy,
} from '../src/index.ts'
import {
  endpointOf,
  readInvalidExamples,
  readParameterExamples,
  readValidExamples,
  withParameter,
} from './examples.ts'

const validExamples = readValidExamples()
const invalidExamples = readInvalidExamples()
const parameterExamples = readParameterExamples()

describe('valid examples', () => {
  test.each(validExamples)('$name is accepted', ({ body, endpoint }) => {
    expect(findProblems(body, ValidationPolicy.documented, endpoint)).toEqual([])
    expect(findProblems(body, ValidationPolicy.lenient, endpoint)).toEqual([])
  })

  test.each(validExamples)(
    '$name has nothing for strict to refuse but unknown keys',
    ({ name, body, endpoint }) => {
      const codes = new Set(
        findProblems(body, ValidationPolicy.strict, endpoint).map((problem) => problem.code),
      )
      const carriesOwnKeys = name === 'sessionStart-documented' || name === 'play-own-keys'
      expect([...codes]).toEqual(carriesOwnKeys ? [ProblemCode.unknownKey] : [])
    },
  )

  test.each(eventTypes)('%s has a plain example', (type) => {
    expect(validExamples.some(({ name, body }) => name === type && body.eventType === type)).toBe(true)
  })
})

describe('invalid examples', () => {
  test.each(invalidExamples)('$name: $description', ({ body, endpoint, policy, problems }) => {
    const found = findProblems(body, policy ?? ValidationPolicy.documented, endpoint)
    expect(found.map(({ pointer, code }) => ({ pointer, code }))).toEqual(problems)
  })

  test('every code that an event can yield has one', () => {
    const shown = new Set(invalidExamples.flatMap(({ problems }) => problems.map((problem) => problem.code)))
    const expected = Object.values(ProblemCode).filter((code) => problemCatalogue[code].example === undefined)
    expect([...shown].toSorted()).toEqual(expected.toSorted())
  })
})

describe('parameter examples', () => {
  test.each(parameterExamples)('$key of $event in $member', (example) => {
    for (const policy of [ValidationPolicy.documented, ValidationPolicy.strict]) {
      for (const value of example.valid) {
        expect(findProblems(withParameter(example, value), policy, endpointOf(example.event))).toEqual([])
      }
      for (const { value, pointer, code } of example.invalid) {
        const found = findProblems(withParameter(example, value), policy, endpointOf(example.event))
        expect(found.map((problem) => ({ pointer: problem.pointer, code: problem.code }))).toEqual([
          { pointer, code },
        ])
      }
    }
  })

  test('every parameter has one on every event of its own, with a valid and an invalid value', () => {
    for (const { key, member, events } of parameterTable) {
      const rows = parameterExamples.filter(
        (row) => row.key === key && row.valid.length > 0 && row.invalid.length > 0,
      )
      const shown = rows.filter((row) => row.member === member).map((row) => row.event)
      if (events.length === eventTypes.length) expect(shown, key).not.toEqual([])
      else expect(shown, key).toEqual(events)
      if (member === 'qoeData')
        expect(
          rows.some((row) => row.member === 'params'),
          key,
        ).toBe(true)
    }
  })

  test('none is left over', () => {
    const keys = new Set(parameterTable.map(({ key }) => key))
    expect(parameterExamples.filter(({ key }) => !keys.has(key))).toEqual([])
  })
})
