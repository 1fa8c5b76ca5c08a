import type { SchemaNode } from './SchemaNode.ts'

/** How a value of the wrong type was probably meant. */
export function typeHint(node: SchemaNode, value: unknown): string | undefined {
  if (value === null) return 'null is no value: send one, or leave the member out when it is optional'
  if (node.type === 'integer' || node.type === 'number') return numberHint(value)
  if (node.type === 'boolean') return booleanHint(value)
  if (node.type === 'string') return stringHint(value)
  return node.type === 'object' ? objectHint(value) : undefined
}

function numberHint(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? 'round it to a whole number' : undefined
  }
  return isNumeric(value) ? 'send the number without quotes' : undefined
}

function booleanHint(value: unknown): string | undefined {
  if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) {
    return `send ${value.toLowerCase()} without quotes`
  }
  return value === 0 || value === 1 ? `send ${value === 1}, not ${value}` : undefined
}

function stringHint(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return `send it as a string: "${value}"`
  return typeof value === 'object' ? 'the object is flat: give each value a key of its own' : undefined
}

function objectHint(value: unknown): string | undefined {
  if (Array.isArray(value) && value.length === 0) return 'an empty object is written {}, not []'
  if (typeof value === 'string' && value.startsWith('{'))
    return 'send the object itself, not JSON within a string'
  return undefined
}

/** Whether a value is a string that spells a finite number. Long strings are not looked at. */
export function isNumeric(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= 32 && value.trim() !== '' && Number.isFinite(Number(value))
  )
}
