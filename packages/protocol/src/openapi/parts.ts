import type { TSchema } from 'typebox'

/** An operation as OpenAPI has it. */
export type Operation = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly description: string
  readonly schema: object
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

export function inPath(name: string, description: string): Parameter & { required: true } {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } }
}

export function inQuery(name: string, description: string, schema: object = { type: 'string' }): Parameter {
  return { name, in: 'query', description, schema }
}

/** A body, or an answer, in JSON. */
export function json(schema: TSchema | object): { content: object } {
  return { content: { 'application/json': { schema } } }
}

const refusals = {
  400: 'The request is wrong; `errors` says in what.',
  401: 'A token is needed, or it is a wrong one.',
  403: 'This is not open to who asks.',
  404: 'There is nothing of that name.',
  410: 'The session is closed.',
  413: 'The body, or the report, is larger than it may be.',
  415: 'The body is compressed in a way that is not supported; `Accept-Encoding` names those that are.',
  429: 'Too many requests; ask again after `Retry-After`.',
  503: 'Not now; ask again after `Retry-After`.',
} as const

/** The refusals that an operation may answer. */
export function refused(...statuses: (keyof typeof refusals)[]): Record<string, object> {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: refusals[status], ...json(ref('Refusal')) }]),
  )
}

export function answer(description: string, schema: TSchema | object): Record<string, object> {
  return { 200: { description, ...json(schema) } }
}
