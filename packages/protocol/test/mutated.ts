import * as fc from 'fast-check'
import { isJsonObject } from '../src/collection/isJsonObject.ts'

type Json = Record<string, unknown>

/** Values that a member might be replaced by, near misses among them. */
const replacements = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    '',
    '60',
    'live',
    'LINEAR',
    [],
    {},
    [{}],
    86_400,
    99_999_999_999,
    1_750_000_000_000,
    10_413_792_000_000,
    1e300,
    'full screen',
    { 'media.state.name': 'mute' },
    [{ 'media.state.name': 'mute' }],
    { crm: { id: '1' } },
  ),
  fc.jsonValue(),
)

const newKeys = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'params',
    'qoeData',
    'customMetadata',
    'media.id',
    'media.ad.id',
    'media.downloaded',
    'media.qoe.bitrate',
    'media.errorId',
    'media.contenttype',
    'statesStart',
    'visitor.customerIDs',
    'a b',
  ),
  fc.string(),
)

/** A copy of an event after one to three violations: a member dropped, replaced or added, at any depth. */
export function mutated(body: Json): fc.Arbitrary<unknown> {
  const violation = fc.record({
    kind: fc.constantFrom('drop', 'replace', 'replace', 'add'),
    depth: fc.nat(3),
    pick: fc.nat(100),
    key: newKeys,
    value: replacements,
  })
  return fc.array(violation, { minLength: 1, maxLength: 3 }).map((violations) => {
    const copy: unknown = structuredClone(body)
    for (const { kind, depth, pick, key, value } of violations) {
      const target = descend(copy, depth, pick)
      if (Array.isArray(target)) mutateArray(target, kind, pick, value)
      else if (isJsonObject(target)) mutateObject(target, kind, pick, key, value)
    }
    return copy
  })
}

function mutateArray(target: unknown[], kind: string, pick: number, value: unknown): void {
  if (kind === 'add') target.push(value)
  else if (kind === 'replace') target[pick % (target.length + 1)] = value
  else target.splice(pick % (target.length + 1), 1)
}

function mutateObject(target: Json, kind: string, pick: number, key: string, value: unknown): void {
  const keys = Object.keys(target)
  const member = keys[pick % keys.length]
  if (kind === 'drop' && member !== undefined) Reflect.deleteProperty(target, member)
  else define(target, kind === 'add' ? key : (member ?? key), value)
}

/** As JSON.parse does: a member named `__proto__` is an own member. */
function define(target: Json, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

/** An object or array some levels down, or the lowest one on the way. */
function descend(from: unknown, depth: number, pick: number): unknown {
  const inner = typeof from === 'object' && from !== null ? Object.values(from).filter(isContainer) : []
  return depth === 0 || inner.length === 0 ? from : descend(inner[pick % inner.length], depth - 1, pick)
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
