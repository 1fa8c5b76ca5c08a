import { expect, test } from 'vitest'
import { eventSchemas, unknownEventSchema } from './eventSchemas.ts'
import { asNode, type SchemaNode } from './SchemaNode.ts'
import { usablePlayerTime } from './playerTime.ts'

const keywords: ReadonlySet<string> = new Set<keyof SchemaNode>([
  'additionalProperties',
  'description',
  'enum',
  'problems',
  'items',
  'maximum',
  'minimum',
  'pattern',
  'patternProperties',
  'properties',
  'required',
  'type',
  'unit',
])

test.each(Object.entries({ ...eventSchemas, unknownEventSchema, usablePlayerTime }))(
  '%s uses only keywords that checking and publishing know',
  (_, schema) => {
    expect(strangeKeywords(asNode(schema))).toEqual([])
  },
)

function strangeKeywords(node: SchemaNode): string[] {
  const children = [
    ...Object.values(node.properties ?? {}),
    ...Object.values(node.patternProperties ?? {}),
    ...(node.items ? [node.items] : []),
    ...(typeof node.additionalProperties === 'object' ? [node.additionalProperties] : []),
  ]
  return [...Object.keys(node).filter((key) => !keywords.has(key)), ...children.flatMap(strangeKeywords)]
}
