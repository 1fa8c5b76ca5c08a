import type { TSchema } from 'typebox'
import type { ProblemCode } from './ProblemCode.ts'

/** The keywords whose breach can be given a problem code of its own. */
export type ConstraintKeyword = 'additionalProperties' | 'enum' | 'maximum' | 'minimum' | 'pattern'

/**
 * The part of JSON Schema that the event schemas use, plus two annotations. Checking and publishing handle
 * exactly these keywords; a test keeps the schemas within them. All of them mean the same in draft-04.
 */
export interface SchemaNode {
  readonly type?: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string'
  readonly description?: string
  readonly enum?: readonly (boolean | number | string)[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly items?: SchemaNode
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>
  /** Absent: the policy decides (open under `documented`, closed under `strict`). */
  readonly additionalProperties?: boolean | SchemaNode
  readonly required?: readonly string[]
  /** Annotation: unit of the value, for the documentation. Not published. */
  readonly unit?: string
  /** Annotation: problem code for the breach of a keyword, where the general one says too little. Not published. */
  readonly problems?: Readonly<Partial<Record<ConstraintKeyword, ProblemCode>>>
}

/** A TypeBox schema as plain JSON Schema. TypeBox's types do not list its keywords; a test checks them instead. */
export function asNode(schema: TSchema): SchemaNode {
  return schema
}
