import type { Slip } from './findSlips.ts'
import { missingMemberHint, unknownKeyHint } from './keyHint.ts'
import { playheadHint } from './playheadRule.ts'
import { toPointer } from './JsonPath.ts'
import { tsHint } from './tsHint.ts'
import { typeHint } from './typeHint.ts'

/** The likely mistake behind a slip and how to mend it; `undefined` when it cannot be told. */
export function hintForSlip(slip: Slip, isOfEvent: boolean): string | undefined {
  const { keyword, path, value, node } = slip
  const pointer = toPointer(path)
  if (keyword === 'required') return missingMemberHint(slip)
  if (keyword === 'additionalProperties') return unknownKeyHint(slip, isOfEvent)
  if (pointer === '/playerTime/ts') return tsHint(value)
  if (pointer === '/playerTime/playhead' && (value === null || keyword === 'minimum'))
    return playheadHint(value)
  if (pointer === '/params/media.downloaded' && keyword === 'enum') {
    return 'leave media.downloaded out while the viewer is online; send a downloaded session whole, as the list of its events'
  }
  if (keyword === 'type') return typeHint(node, value)
  return undefined
}
