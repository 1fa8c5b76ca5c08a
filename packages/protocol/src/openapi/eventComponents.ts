import { eventTypes } from '../collection/EventType.ts'
import { publishedSchema } from '../collection/publishedSchema.ts'
import type { ValidationPolicy } from '../collection/ValidationPolicy.ts'

/** The bodies of all events as a policy takes them, as components that are told apart by `eventType`. */
export function eventComponents(policy: ValidationPolicy): Record<string, object> {
  const published = eventTypes.map((type) => publishedSchema(type, policy, '') as { definitions: object })
  const definitions = Object.assign({}, ...published.map((schema) => schema.definitions)) as object
  const text = JSON.stringify(definitions).replaceAll('"#/definitions/', '"#/components/schemas/')
  return JSON.parse(text, fromDraft04) as Record<string, object>
}

/** The one keyword in use that means something else in draft-04 than in the dialect of OpenAPI 3.1. */
function fromDraft04(_: string, node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (!('exclusiveMaximum' in node && node.exclusiveMaximum === true && 'maximum' in node)) return node
  const { maximum, ...others } = node
  return { ...others, exclusiveMaximum: maximum }
}
