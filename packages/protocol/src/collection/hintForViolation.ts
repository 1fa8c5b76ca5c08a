import type { Violation } from './findViolations.ts'
import type { SchemaNode } from './SchemaNode.ts'
import { missingMemberHint, unknownKeyHint } from './keyHint.ts'
import { nearestKey } from './nearestKey.ts'
import { playheadHint } from './playheadRule.ts'
import { toPointer } from './JsonPath.ts'
import { tsHint } from './tsHint.ts'
import { typeHint } from './typeHint.ts'

/** The likely mistake behind a violation and how to mend it; `undefined` when it cannot be told. */
export function hintForViolation(violation: Violation, isOfEvent: boolean): string | undefined {
  const { keyword, path, value, node } = violation
  const pointer = toPointer(path)
  if (keyword === 'required') return missingMemberHint(violation)
  if (keyword === 'additionalProperties') return unknownKeyHint(violation, isOfEvent)
  if (pointer === '/playerTime/ts') return tsHint(value)
  if (pointer === '/playerTime/playhead' && (value === null || keyword === 'minimum'))
    return playheadHint(value)
  if (pointer === '/params/media.downloaded' && keyword === 'enum') {
    return 'leave media.downloaded out while the viewer is online; send a downloaded session whole, as the list of its events'
  }
  if (keyword === 'enum') return choiceHint(node, value)
  if (keyword === 'type') return typeHint(node, value)
  return undefined
}

/** Longest text that is compared with what may be chosen, characters. */
const choiceMaxChars = 64

/** The value that a misspelt one stands for; `daily` and the like stand for `day`. */
function choiceHint(node: SchemaNode, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > choiceMaxChars) return undefined
  const choices = (node.enum ?? []).filter((choice) => typeof choice === 'string')
  const meant = nearestKey(value, choices) ?? nearestKey(value.replace(/ly$/, ''), choices)
  return meant === undefined ? undefined : `did you mean ${meant}?`
}
