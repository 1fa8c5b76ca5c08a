import { isEventType } from './EventType.ts'
import { eventSchemas, unknownEventSchema } from './eventSchemas.ts'
import { usablePlayerTime } from './playerTime.ts'
import { asNode, type SchemaNode } from './SchemaNode.ts'
import { ValidationPolicy } from './ValidationPolicy.ts'

/** The schema that a policy holds an event of that type against; the type may be unknown. */
export function schemaForPolicy(eventType: string, policy: ValidationPolicy): SchemaNode {
  const documented = asNode(isEventType(eventType) ? eventSchemas[eventType] : unknownEventSchema)
  if (policy === ValidationPolicy.documented) return documented
  if (policy === ValidationPolicy.strict) return closeObjects(documented)
  return isEventType(eventType) ? lenientSchema({ type: 'string', enum: [eventType] }) : lenientSchema()
}

/** Only what the session engine cannot do without. */
function lenientSchema(eventType: SchemaNode = { type: 'string' }): SchemaNode {
  return {
    type: 'object',
    properties: {
      eventType,
      playerTime: asNode(usablePlayerTime),
      params: {},
      qoeData: {},
      customMetadata: {},
    },
    required: ['eventType', 'playerTime'],
    additionalProperties: true,
  }
}

/** A copy in which every object whose schema leaves the question open refuses unknown keys. */
function closeObjects(node: SchemaNode): SchemaNode {
  const closed: { -readonly [K in keyof SchemaNode]: SchemaNode[K] } = { ...node }
  if (node.properties !== undefined) {
    closed.properties = Object.fromEntries(
      Object.entries(node.properties).map(([key, child]) => [key, closeObjects(child)]),
    )
  }
  if (node.items !== undefined) closed.items = closeObjects(node.items)
  if (typeof node.additionalProperties === 'object') {
    closed.additionalProperties = closeObjects(node.additionalProperties)
  } else if (node.type === 'object') {
    closed.additionalProperties = node.additionalProperties ?? false
  }
  return closed
}
