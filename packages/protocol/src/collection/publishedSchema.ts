import { crossFieldRules } from './crossFieldRules.ts'
import { eventTypes, isEventType } from './EventType.ts'
import { schemaForPolicy } from './schemaForPolicy.ts'
import type { SchemaNode } from './SchemaNode.ts'
import { ValidationPolicy } from './ValidationPolicy.ts'

/** Members that every event shares; each has a definition of its own. */
const sharedMembers = ['playerTime', 'qoeData', 'customMetadata'] as const

/**
 * The JSON schema (draft-04) that the policy holds events of that type against, as
 * `GET /api/v1/schemas/{eventType}` answers it; `undefined` for an unknown type.
 *
 * Exact but for one rule that draft-04 cannot say: recorded content starts below its own length. The
 * definition's description tells it.
 *
 * @param baseUrl Scheme and host (and base path), with or without a trailing slash; makes the `id`.
 */
export function publishedSchema(
  eventType: string,
  policy: ValidationPolicy,
  baseUrl: string,
): object | undefined {
  if (!isEventType(eventType)) return undefined
  const schema = schemaForPolicy(eventType, policy)
  const rules = crossFieldRules(eventType, policy)
  const { properties = {} } = schema
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    id: `${baseUrl.replace(/\/+$/, '')}/api/v1/schemas/${eventType}`,
    description: `Body of ${eventType} events, as the validation policy "${policy}" takes them.`,
    definitions: {
      playerTime: draft04(properties['playerTime'] ?? {}),
      eventType: { type: 'string', ...(policy !== ValidationPolicy.lenient && { enum: eventTypes }) },
      qoeData: draft04(properties['qoeData'] ?? {}),
      customMetadata: draft04(properties['customMetadata'] ?? {}),
      [eventType]: {
        ...draft04(schema),
        ...(rules.length > 0 && { description: rules.map((rule) => rule.description).join(' ') }),
        properties: {
          ...mapValues(properties, draft04),
          ...Object.fromEntries(sharedMembers.map((member) => [member, { $ref: `#/definitions/${member}` }])),
        },
        ...(rules.length > 0 && { allOf: rules.map((rule) => rule.draft04) }),
      },
    },
    type: 'object',
    $ref: `#/definitions/${eventType}`,
  }
}

/** A schema without our annotations, in a steady order of keywords; units move into the description. */
function draft04(node: SchemaNode): object {
  const {
    type,
    description,
    unit,
    problems: _,
    properties,
    patternProperties,
    items,
    required,
    ...rest
  } = node
  const { additionalProperties = type === 'object' ? true : undefined, ...bounds } = rest
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && {
      description: unit === undefined ? description : `${description} Unit: ${unit}.`,
    }),
    ...bounds,
    ...(properties !== undefined && { properties: mapValues(properties, draft04) }),
    ...(patternProperties !== undefined && { patternProperties: mapValues(patternProperties, draft04) }),
    ...(items !== undefined && { items: draft04(items) }),
    ...(required !== undefined && required.length > 0 && { required }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object' ? draft04(additionalProperties) : additionalProperties,
    }),
  }
}

function mapValues(
  nodes: Readonly<Record<string, SchemaNode>>,
  change: (node: SchemaNode) => object,
): Record<string, object> {
  return Object.fromEntries(Object.entries(nodes).map(([key, node]) => [key, change(node)]))
}
