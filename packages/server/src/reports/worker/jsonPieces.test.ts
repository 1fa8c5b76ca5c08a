import { array, assert, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { jsonPieces } from './jsonPieces.ts'

function joined(value: unknown): string {
  return Buffer.concat(jsonPieces(value)).toString('utf8')
}

test('the pieces of a value are its JSON', () => {
  const list = array(jsonValue(), { maxLength: 20 })
  assert(
    property(jsonValue(), list, (value, items) => {
      expect(joined(value)).toBe(JSON.stringify(value))
      const long = { items: Array.from({ length: 60 }, () => items).flat(), value }
      expect(joined(long)).toBe(JSON.stringify(long))
    }),
  )
})

test('members that are undefined are left out, as in JSON', () => {
  const value = { a: undefined, b: { c: undefined }, d: [{ e: undefined, f: 1 }] }
  expect(joined(value)).toBe(JSON.stringify(value))
})

test('a long answer is in pieces that are short', () => {
  const pieces = jsonPieces({
    events: Array.from({ length: 20_000 }, (_, seq) => ({ seq, raw: 'ü'.repeat(50) })),
  })
  expect(pieces.length).toBeGreaterThan(5)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 ** 20)
})
