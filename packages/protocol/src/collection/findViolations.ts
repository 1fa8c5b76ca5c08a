import { problemsMax } from './ProblemList.ts'
import { isJsonObject } from './isJsonObject.ts'
import type { JsonPath } from './JsonPath.ts'
import type { ConstraintKeyword, SchemaNode } from './SchemaNode.ts'

/** One breach of a schema, with what is needed to explain it. */
export interface Violation {
  readonly keyword: ConstraintKeyword | 'required' | 'type'
  /** For `required` and `additionalProperties`: the member in question, not the object around it. */
  readonly path: JsonPath
  readonly value: unknown
  /** The schema that speaks about `value`; for `additionalProperties` that of the object around it. */
  readonly node: SchemaNode
  /** The object around the member, and its schema; for `required` and `additionalProperties` only. */
  readonly around?: { readonly value: Record<string, unknown>; readonly node: SchemaNode }
}

/**
 * Where a value departs from its schema: at most one violation for each value (its type first, then its content), at
 * most `problemsMax` in all. Goes only as deep as the schema does, so the depth of the value does not matter.
 *
 * Why not TypeBox's own errors: they report a wrong type together with the bounds it then misses too, and their
 * number is limited by a setting that holds for the whole process.
 */
export function findViolations(node: SchemaNode, value: unknown): Violation[] {
  const violations: Violation[] = []
  walk(node, value, [], violations)
  return violations.slice(0, problemsMax)
}

function walk(node: SchemaNode, value: unknown, path: JsonPath, violations: Violation[]): void {
  const keyword = breachedKeyword(node, value)
  if (keyword !== undefined) {
    violations.push({ keyword, path, value, node })
  } else if (isJsonObject(value)) {
    walkObject(node, value, path, violations)
  } else if (Array.isArray(value) && node.items !== undefined) {
    for (const [index, item] of value.entries()) {
      if (violations.length >= problemsMax) return
      walk(node.items, item, [...path, index], violations)
    }
  }
}

function walkObject(
  node: SchemaNode,
  value: Record<string, unknown>,
  path: JsonPath,
  violations: Violation[],
): void {
  const properties = node.properties ?? {}
  for (const key of node.required ?? []) {
    if (Object.hasOwn(value, key)) continue
    violations.push({
      keyword: 'required',
      path: [...path, key],
      value: undefined,
      node: properties[key] ?? {},
      around: { value, node },
    })
  }
  for (const [key, child] of Object.entries(properties)) {
    if (Object.hasOwn(value, key)) walk(child, value[key], [...path, key], violations)
  }
  const patterns = Object.entries(node.patternProperties ?? {}).map(
    ([pattern, child]) => [new RegExp(pattern, 'u'), child] as const,
  )
  for (const key of Object.keys(value)) {
    if (violations.length >= problemsMax) return
    if (Object.hasOwn(properties, key)) continue
    const child = patterns.find(([pattern]) => pattern.test(key))?.[1] ?? node.additionalProperties ?? true
    if (child === false) {
      violations.push({
        keyword: 'additionalProperties',
        path: [...path, key],
        value: value[key],
        node,
        around: { value, node },
      })
    } else if (child !== true) {
      walk(child, value[key], [...path, key], violations)
    }
  }
}

function breachedKeyword(node: SchemaNode, value: unknown): Violation['keyword'] | undefined {
  if (node.type !== undefined && !hasType(value, node.type)) return 'type'
  if (node.enum !== undefined && !node.enum.some((allowed) => allowed === value)) return 'enum'
  if (typeof value === 'number') {
    if (node.minimum !== undefined && value < node.minimum) return 'minimum'
    if (node.maximum !== undefined && value > node.maximum) return 'maximum'
  }
  if (typeof value === 'string' && node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(value)) {
    return 'pattern'
  }
  return undefined
}

function hasType(value: unknown, type: NonNullable<SchemaNode['type']>): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isJsonObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return type === 'number' ? Number.isFinite(value) : typeof value === type
}
