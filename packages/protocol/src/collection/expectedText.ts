import type { SchemaNode } from './SchemaNode.ts'

/** What a schema accepts, in a few words: `integer from 0 to 2`, `string matching ^[a-z]+$`. */
export function expectedText(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (node.type === undefined) return 'any JSON value'
  if (node.type === 'object') return objectText(node)
  return `${node.type}${boundsText(node)}${node.pattern === undefined ? '' : ` matching ${node.pattern}`}`
}

function objectText(node: SchemaNode): string {
  const required = node.required ?? []
  return required.length === 0 ? 'object' : `object with ${required.join(', ')}`
}

function boundsText({ minimum, maximum }: SchemaNode): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return `, ${minimum} or more`
  return maximum === undefined ? '' : `, ${maximum} or less`
}
