import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint, EventType, ProblemCode, ValidationPolicy } from '../src/index.ts'

/** An event that every policy but `strict` accepts. */
export interface ValidExample {
  readonly name: string
  readonly body: { readonly [member: string]: unknown; readonly eventType: EventType }
  readonly endpoint: Endpoint
}

/** A body that is refused, with all its problems in order. */
export interface InvalidExample {
  readonly name: string
  readonly description: string
  readonly endpoint: Endpoint
  /** @default documented */
  readonly policy?: ValidationPolicy
  readonly body: unknown
  readonly problems: readonly { readonly pointer: string; readonly code: ProblemCode }[]
}

/** Values of one key on one event: each to be set in the plain example of that event. */
export interface ParameterExample {
  readonly key: string
  readonly event: EventType
  readonly member: 'params' | 'playerTime' | 'qoeData'
  readonly valid: readonly unknown[]
  readonly invalid: readonly {
    readonly value: unknown
    readonly pointer: string
    readonly code: ProblemCode
  }[]
}

const folder = join(import.meta.dirname, '../examples')

export function readValidExamples(): ValidExample[] {
  return readFolder('events/valid').map(({ name, text }) => {
    const body: ValidExample['body'] = JSON.parse(text)
    return { name, body, endpoint: endpointOf(body.eventType) }
  })
}

export function readInvalidExamples(): InvalidExample[] {
  return readFolder('events/invalid').map(({ name, text }) => {
    const example: Omit<InvalidExample, 'name'> = JSON.parse(text)
    return { ...example, name }
  })
}

export function readParameterExamples(): ParameterExample[] {
  return JSON.parse(readFileSync(join(folder, 'parameters.json'), 'utf8'))
}

/** Where an event of that type belongs. */
export function endpointOf(eventType: unknown): Endpoint {
  return eventType === 'sessionStart' ? 'sessions' : 'events'
}

/** The plain valid event of that type with one key set to a value. */
export function withParameter(
  { event, member, key }: ParameterExample,
  value: unknown,
): Record<string, unknown> {
  const text = readFileSync(join(folder, `events/valid/${event}.json`), 'utf8')
  const plain: Record<string, Record<string, unknown>> = JSON.parse(text)
  return { ...plain, [member]: { ...plain[member], [key]: value } }
}

/** As JSON; numbers beyond a float, which JSON.stringify turns into null, as they were sent. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'number' && !Number.isFinite(member) ? `${member}` : member,
  )
  return text.replaceAll('"Infinity"', '1e999').replaceAll('"-Infinity"', '-1e999')
}

function readFolder(path: string): { name: string; text: string }[] {
  return readdirSync(join(folder, path))
    .toSorted()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      text: readFileSync(join(folder, path, file), 'utf8'),
    }))
}
