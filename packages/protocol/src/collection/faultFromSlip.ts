import { expectedText } from './expectedText.ts'
import { isEventType } from './EventType.ts'
import type { Fault } from './Fault.ts'
import { FaultCode } from './FaultCode.ts'
import type { Slip } from './findSlips.ts'
import { hintForSlip } from './hintForSlip.ts'
import { toPointer, toText } from './JsonPath.ts'
import { renderValue } from './renderValue.ts'
import type { SchemaNode } from './SchemaNode.ts'

/**
 * The fault that tells people about a slip.
 *
 * @param isOfEvent whether it is in an event, and a key that is not known may have its place elsewhere there
 */
export function faultFromSlip(slip: Slip, eventType: unknown, isOfEvent = true): Fault {
  const code = codeOf(slip)
  const expected = expectedOf(slip)
  const hint = hintForSlip(slip, isOfEvent)
  return {
    code,
    pointer: toPointer(slip.path),
    message: (sentences[code] ?? generalSentence)(toText(slip.path), slip, eventType),
    ...(expected !== undefined && { expected }),
    ...(slip.keyword !== 'required' && { got: renderValue(slip.value) }),
    ...(hint !== undefined && { hint }),
  }
}

function expectedOf({ keyword, node }: Slip): string | undefined {
  if (keyword !== 'additionalProperties') return expectedText(node)
  const patterns = Object.keys(node.patternProperties ?? {})
  return patterns.length === 0 ? undefined : `key matching ${patterns.join(' or ')}`
}

function codeOf({ keyword, node, value }: Slip): FaultCode {
  if (keyword === 'type') return isBeyondFloat(value, node) ? FaultCode.numberNotFinite : FaultCode.wrongType
  if (keyword === 'required') return FaultCode.missingMember
  const general = keyword === 'additionalProperties' ? FaultCode.unknownKey : FaultCode.valueNotAllowed
  return node.faults?.[keyword] ?? general
}

type Sentence = (where: string, slip: Slip, eventType: unknown) => string

/** Sentences for the codes that the general one does not suit. */
const sentences: Readonly<Partial<Record<FaultCode, Sentence>>> = {
  [FaultCode.missingMember]: (where, { node }) =>
    `${where} is missing; it must be ${withArticle(expectedText(node))}`,
  [FaultCode.unknownMember]: (where, { path }) =>
    `${where} does not exist: ${around(path)} has no member of that name`,
  [FaultCode.unknownKey]: (where, _, eventType) =>
    `${where} is not known${isEventType(eventType) ? ` for ${eventType}` : ''}`,
  [FaultCode.metadataKeyInvalid]: (where) =>
    `${where} is not a valid key: letters, digits, underscore and dot are allowed`,
  [FaultCode.numberNotFinite]: (where) => `${where} is too large: numbers must fit a 64-bit float`,
  [FaultCode.tsSeconds]: sinceEpoch,
  [FaultCode.tsTooLarge]: sinceEpoch,
  [FaultCode.downloadedNeedsArray]: (where, { value }) =>
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

function sinceEpoch(where: string, { value }: Slip): string {
  return `${where} must be in milliseconds since 1970, got ${renderValue(value)}`
}

function around(path: Slip['path']): string {
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
