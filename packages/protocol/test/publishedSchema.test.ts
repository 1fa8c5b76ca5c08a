import AjvModule from 'ajv-draft-04'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daySeconds,
  type EventType,
  eventTypes,
  ProblemCode,
  findProblems,
  isEventType,
  isLiveContentType,
  publishedSchema,
  ValidationPolicy,
} from '../src/index.ts'
import {
  endpointOf,
  readInvalidExamples,
  readParameterExamples,
  readValidExamples,
  toJson,
  withParameter,
} from './examples.ts'
import { memberOf } from '../src/collection/isJsonObject.ts'
import { mutated } from './mutated.ts'

// The module is CommonJS: its class is the default export's `default`. Infinity (1e999) is no number of JSON.
const ajv = new AjvModule.default({ strict: false, strictNumbers: true })

const policies = Object.values(ValidationPolicy)
const validators = new Map(
  policies.flatMap((policy) =>
    eventTypes.map((type) => {
      const schema = publishedSchema(type, policy, `https://${policy}.example`)
      if (schema === undefined) throw new Error(`no schema for ${type}`)
      return [`${policy} ${type}`, ajv.compile(schema)] as const
    }),
  ),
)

/** Verdict of an independent draft-04 validator on what the server publishes. */
function schemaAccepts(body: unknown, type: EventType, policy: ValidationPolicy): boolean {
  const validate = validators.get(`${policy} ${type}`)
  if (!validate) throw new Error(`no validator for ${type}`)
  return validate(body)
}

/** The server's own verdict, but for the one rule that draft-04 cannot say: a recorded start below media.length. */
function serverAccepts(body: unknown, type: EventType, policy: ValidationPolicy): boolean {
  const problems = findProblems(body, policy, endpointOf(type))
  return problems.every(
    (problem) => problem.code === ProblemCode.playheadOutOfRange && isRecordedBeyondEnd(body),
  )
}

function isRecordedBeyondEnd(body: unknown): boolean {
  const params = memberOf(body, 'params')
  const contentType = memberOf(params, 'media.contentType')
  const length = memberOf(params, 'media.length')
  const playhead = memberOf(memberOf(body, 'playerTime'), 'playhead')
  if (typeof contentType !== 'string' || isLiveContentType(contentType)) return false
  return typeof length === 'number' && typeof playhead === 'number' && length > 0 && playhead >= length
}

describe('the published schema agrees with the server', () => {
  test.each(policies)('on every example (%s)', (policy) => {
    const bodies: unknown[] = [
      ...readValidExamples().map(({ body }) => body),
      ...readInvalidExamples().map(({ body }) => body),
      ...readParameterExamples().flatMap((example) => [
        ...example.valid.map((value) => withParameter(example, value)),
        ...example.invalid.map(({ value }) => withParameter(example, value)),
      ]),
    ]
    let compared = 0
    for (const body of bodies) {
      const type = memberOf(body, 'eventType')
      if (!isEventType(type)) continue
      compared += 1
      expect(serverAccepts(body, type, policy), toJson(body)).toBe(schemaAccepts(body, type, policy))
    }
    expect(compared).toBeGreaterThan(500)
  })

  test.each(policies)('on bodies that went wrong in any way (%s)', (policy) => {
    const verdicts = { true: 0, false: 0 }
    fc.assert(
      fc.property(
        fc.constantFrom(...readValidExamples()).chain(({ body }) => mutated(body)),
        (body) => {
          const type = memberOf(body, 'eventType')
          if (!isEventType(type)) return
          const accepted = schemaAccepts(body, type, policy)
          verdicts[`${accepted}`] += 1
          expect(serverAccepts(body, type, policy)).toBe(accepted)
        },
      ),
      { numRuns: 3000 },
    )
    // Both verdicts occur: the agreement is not that of a stopped clock.
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(30)
  })

  test('on the bounds of the live playhead', () => {
    const live = readValidExamples().find(({ name }) => name === 'sessionStart-live')?.body
    for (const [playhead, accepted] of [
      [0, true],
      [daySeconds - 0.001, true],
      [daySeconds, false],
      [-0.001, false],
    ] as const) {
      const body = { ...live, playerTime: { playhead, ts: 1_750_000_000_000 } }
      expect(schemaAccepts(body, 'sessionStart', 'documented')).toBe(accepted)
      expect(findProblems(body, 'documented', 'sessions').length === 0).toBe(accepted)
    }
  })
})

describe('the published schema', () => {
  test.each([...validators.entries()])('%s is valid draft-04', (_, { schema }) => {
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true)
  })

  test('has the shape that readers of the original API know', () => {
    expect(publishedSchema('ping', 'documented', 'https://media.example/')).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'https://media.example/api/v1/schemas/ping',
      definitions: {
        playerTime: { required: ['playhead', 'ts'], additionalProperties: false },
        eventType: { type: 'string', enum: eventTypes },
        qoeData: { type: 'object' },
        customMetadata: { additionalProperties: false },
        ping: {
          properties: {
            eventType: { type: 'string', enum: ['ping'] },
            playerTime: { $ref: '#/definitions/playerTime' },
            qoeData: { $ref: '#/definitions/qoeData' },
            customMetadata: { $ref: '#/definitions/customMetadata' },
          },
          required: ['eventType', 'playerTime'],
          additionalProperties: false,
        },
      },
      type: 'object',
      $ref: '#/definitions/ping',
    })
  })

  test('says in words what draft-04 cannot', () => {
    const text = JSON.stringify(publishedSchema('sessionStart', 'documented', ''))
    expect(text).toContain('starts below that length')
    expect(JSON.stringify(publishedSchema('sessionStart', 'lenient', ''))).not.toContain(
      'starts below that length',
    )
  })

  test.each(['contentComplete', 'Ping', '', '__proto__', 'constructor', 'toString'])(
    '%j has none',
    (type) => {
      for (const policy of policies) expect(publishedSchema(type, policy, '')).toBeUndefined()
    },
  )
})
