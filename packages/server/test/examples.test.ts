import AjvModule from 'ajv-draft-04'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  readInvalidExamples,
  readParameterExamples,
  readValidExamples,
  toJson,
  withParameter,
} from '../../protocol/test/examples.ts'
import { openSession, post } from '@playhead/testing/player.ts'
import { startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'

/**
 * Every example of the protocol, sent to the real server: what is documented to be taken is taken, what is documented
 * to be refused is refused with its problems, and the schemas that the server publishes say the same.
 */
const policies = ['documented', 'strict', 'lenient'] as const
const servers = new Map<string, { url: string; remove: () => Promise<void> }>()

beforeAll(async () => {
  const url = inject('sharedUrl')
  servers.set('documented', { url, remove: async () => {} })
  for (const policy of ['strict', 'lenient']) {
    const folder = await temporaryDataDir()
    const server = await startServer(folder.path, { PLAYHEAD_VALIDATION: policy })
    const remove = async (): Promise<void> => {
      await server.crash()
      await folder.remove()
    }
    servers.set(policy, { url: server.url, remove })
  }
})
afterAll(async () => {
  for (const { remove } of servers.values()) await remove()
})

/** Send a body where it belongs; answers the status and the problems. */
async function send(
  policy: string,
  endpoint: string,
  body: unknown,
): Promise<{ status: number; problems: unknown }> {
  const { url = '' } = servers.get(policy) ?? {}
  // The examples are of 2025: after a second one of them a session would take it that its device's clock was set back.
  const path = endpoint === 'sessions' ? '/api/v1/sessions' : `${await openSession(url)}/events`
  const response = await post(`${url}${path}`, toJson(body))
  const text = await response.text()
  const { errors } = (text === '' ? {} : JSON.parse(text)) as { errors?: { pointer: string; code: string }[] }
  return { status: response.status, problems: errors?.map(({ pointer, code }) => ({ pointer, code })) }
}

describe('what is valid is taken', () => {
  test.each(readValidExamples())('$name', async ({ endpoint, body }) => {
    expect(await send('documented', endpoint, body)).toEqual({
      status: endpoint === 'sessions' ? 201 : 204,
      problems: undefined,
    })
  })
})

describe('what is invalid is refused, with its problems', () => {
  test.each(readInvalidExamples())('$name', async ({ endpoint, policy = 'documented', body, problems }) => {
    expect(await send(policy, endpoint, body)).toEqual({ status: 400, problems })
  })
})

describe('each parameter', () => {
  test.each(readParameterExamples())('$key on $event', async (example) => {
    const endpoint = example.event === 'sessionStart' ? 'sessions' : 'events'
    for (const value of example.valid) {
      const { status, problems } = await send('documented', endpoint, withParameter(example, value))
      expect([value, status, problems]).toEqual([value, endpoint === 'sessions' ? 201 : 204, undefined])
    }
    for (const { value, pointer, code } of example.invalid) {
      const { status, problems } = await send('documented', endpoint, withParameter(example, value))
      expect([value, status]).toEqual([value, 400])
      expect(problems).toContainEqual({ pointer, code })
    }
  })
})

describe.each(policies)('the schemas of a server with the %s policy', (policy) => {
  test('say of every example what the server says', async () => {
    // Infinity, which 1e999 is read as, is no number of JSON.
    const ajv = new AjvModule.default({ strict: false, strictNumbers: true })
    const schemaOf = async (type: string) => {
      const response = await fetch(`${servers.get(policy)?.url}/api/v1/schemas/${type}`)
      expect(response.status).toBe(200)
      return (await response.json()) as object
    }
    const types = new Set(readValidExamples().map(({ body }) => body.eventType))
    expect(types.size).toBe(20)
    const validators = new Map<string, ReturnType<typeof ajv.compile>>()
    for (const type of types) validators.set(type, ajv.compile(await schemaOf(type)))

    const bodies = [
      ...readValidExamples().map(({ name, body }) => ({ name, body: body as unknown })),
      ...readInvalidExamples().map(({ name, body }) => ({ name, body })),
    ]
    for (const { name, body } of bodies) {
      const type =
        typeof body === 'object' && body !== null && 'eventType' in body ? String(body.eventType) : ''
      const validate = validators.get(type)
      if (validate === undefined) continue
      const { status, problems } = await send(policy, type === 'sessionStart' ? 'sessions' : 'events', body)
      const isBeyondEnd = JSON.stringify(problems)?.includes('playhead_out_of_range') && validate(body)
      // The one rule that draft-04 cannot express: a start's playhead is below media.length.
      if (isBeyondEnd)
        expect(problems).toEqual([{ pointer: '/playerTime/playhead', code: 'playhead_out_of_range' }])
      else expect([name, validate(body)]).toEqual([name, status < 300])
    }
  })
})
