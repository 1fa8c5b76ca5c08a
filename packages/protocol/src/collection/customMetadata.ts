import { type Static, Type } from 'typebox'
import { ProblemCode } from './ProblemCode.ts'

/** Allowed keys: letters, digits, underscore, dot. */
export const metadataKeyPattern = '^[a-zA-Z0-9_.]+$'

/**
 * The app's own data: flat, strings only. Meant for `sessionStart`, `adStart` and `chapterStart`, taken on every
 * event.
 */
export const customMetadata = Type.Unsafe<Record<string, string>>({
  type: 'object',
  patternProperties: { [metadataKeyPattern]: Type.String() },
  additionalProperties: false,
  description:
    "The app's own data: a flat object of strings. Keys consist of letters, digits, underscore and dot.",
  problems: { additionalProperties: ProblemCode.metadataKeyInvalid },
})
export type CustomMetadata = Static<typeof customMetadata>
