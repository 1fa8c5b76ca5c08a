import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipToJsonBytes, jsonBytesOf } from './jsonBytes.ts'

const text = fc
  .string({ unit: 'binary' })
  .chain((own) =>
    fc.constantFrom('', '\ud83d', '\ude00', '\n', '\u0000', '"', '\\').map((mark) => mark + own + mark),
  )
const bytesOf = (of: string): number => Buffer.byteLength(JSON.stringify(of))

test('bytes are those that JSON.stringify writes', () => {
  fc.assert(
    fc.property(text, (of) => {
      expect(jsonBytesOf(of)).toBe(bytesOf(of))
    }),
  )
})

test('a text is cut behind the last whole character that fits', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (of, maxBytes) => {
      const kept = clipToJsonBytes(of, maxBytes)
      expect(of.startsWith(kept)).toBe(true)
      expect(bytesOf(kept)).toBeLessThanOrEqual(maxBytes)
      const next = kept.length + ((of.codePointAt(kept.length) ?? 0) > 0xffff ? 2 : 1)
      if (kept !== of) expect(bytesOf(of.slice(0, next))).toBeGreaterThan(maxBytes)
      expect(kept.isWellFormed() || !of.isWellFormed()).toBe(true)
    }),
  )
})
