import { expectedText } from './expectedText.ts'
import { isEventType } from './EventType.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import type { Violation } from './findViolations.ts'
import { hintForViolation } from './hintForViolation.ts'
import { toPointer, toText } from './JsonPath.ts'
import { renderValue } from './renderValue.ts'
import type { SchemaNode } from './SchemaNode.ts'

/**
 * The problem that tells people about a violation.
 *
 * @param isOfEvent whether it is in an event, and a key that is not known may have its place elsewhere there
 */
export function problemFromViolation(violation: Violation, eventType: unknown, isOfEvent = true): Problem {
  const code = codeOf(violation)
  const expected = expectedOf(violation)
  const hint = hintForViolation(violation, isOfEvent)
  return {
    code,
    pointer: toPointer(violation.path),
    message: (sentences[code] ?? generalSentence)(toText(violation.path), violation, eventType),
    ...(expected !== undefined && { expected }),
    ...(violation.keyword !== 'required' && { got: renderValue(violation.value) }),
    ...(hint !== undefined && { hint }),
  }
}

function expectedOf({ keyword, node }: Violation): string | undefined {
  if (keyword !== 'additionalProperties') return expectedText(node)
  const patterns = Object.keys(node.patternProperties ?? {})
  return patterns.length === 0 ? undefined : `key matching ${patterns.join(' or ')}`
}

function codeOf({ keyword, node, value }: Violation): ProblemCode {
  if (keyword === 'type')
    return isBeyondFloat(value, node) ? ProblemCode.numberNotFinite : ProblemCode.wrongType
  if (keyword === 'required') return ProblemCode.missingMember
  const general = keyword === 'additionalProperties' ? ProblemCode.unknownKey : ProblemCode.valueNotAllowed
  return node.problems?.[keyword] ?? general
}

type Sentence = (where: string, violation: Violation, eventType: unknown) => string

/** Sentences for the codes that the general one does not suit. */
const sentences: Readonly<Partial<Record<ProblemCode, Sentence>>> = {
  [ProblemCode.missingMember]: (where, { node }) =>
    `${where} is missing; it must be ${withArticle(expectedText(node))}`,
  [ProblemCode.unknownMember]: (where, { path }) =>
    `${where} does not exist: ${around(path)} has no member of that name`,
  [ProblemCode.unknownKey]: (where, _, eventType) =>
    `${where} is not known${isEventType(eventType) ? ` for ${eventType}` : ''}`,
  [ProblemCode.metadataKeyInvalid]: (where) =>
    `${where} is not a valid key: letters, digits, underscore and dot are allowed`,
  [ProblemCode.numberNotFinite]: (where) => `${where} is too large: numbers must fit a 64-bit float`,
  [ProblemCode.tsSeconds]: sinceEpoch,
  [ProblemCode.tsTooLarge]: sinceEpoch,
  [ProblemCode.downloadedNeedsArray]: (where, { value }) =>
    `${where} must be false in a request with a single event, got ${renderValue(value)}`,
}

/** Values that a sentence names; more are in `expected` alone. */
const namedMax = 4

const generalSentence: Sentence = (where, { keyword, node, value }) => {
  const choices = node.enum?.length ?? 0
  if (keyword === 'enum' && choices > namedMax)
    return `${where} must be one of ${choices} values, got ${renderValue(value)}`
  const expected = keyword === 'type' && node.type !== undefined ? node.type : expectedText(node)
  return `${where} must be ${withArticle(expected)}, got ${renderValue(value)}`
}

function sinceEpoch(where: string, { value }: Violation): string {
  return `${where} must be in milliseconds since 1970, got ${renderValue(value)}`
}

function around(path: Violation['path']): string {
  return path.length > 1 ? toText(path.slice(0, -1)) : 'an event'
}

function withArticle(expected: string): string {
  if (/^(?:any|"|-?\d|true|false)/.test(expected)) return expected
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`
}

/** JSON has no infinity, but 1e999 is valid JSON and becomes one. */
function isBeyondFloat(value: unknown, { type }: SchemaNode): boolean {
  return (type === 'number' || type === 'integer') && typeof value === 'number' && !Number.isFinite(value)
}
