import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { mentions } from './mentions.ts'

/** Ways in which JSON can write one UTF-16 unit of a text. */
const writers: readonly ((unit: string) => string)[] = [
  (unit) => JSON.stringify(unit).slice(1, -1),
  (unit) => hex(unit),
  (unit) => hex(unit).toUpperCase().replace('\\U', '\\u'),
  (unit) => (unit === '/' ? '\\/' : JSON.stringify(unit).slice(1, -1)),
]

function hex(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

test('an id is found however JSON writes it: escapes of any kind, whole or cut off, alone or in another string', () => {
  const id = string({ unit: 'grapheme', minLength: 3, maxLength: 12 }).filter((text) => !/[\0\\]/.test(text))
  const choices = array(constantFrom(...writers), { minLength: 64, maxLength: 64 })
  assert(
    property(id, choices, (text, chosen) => {
      // Units, not characters: JSON writes the two halves of a pair by themselves.
      const units = Array.from({ length: text.length }, (_, at) => text.charAt(at))
      const written = units.map((unit, at) => chosen[at % chosen.length]?.(unit) ?? unit).join('')
      const body = `\uFEFF{ "eventType" : "x", "a":1, "a" : "of ${written}", `
      expect(mentions(body, text)).toBe(true)
      expect(mentions(JSON.stringify({ body }), text)).toBe(true)
      expect(mentions(`junk \\${body}`, text)).toBe(true)
    }),
  )
})

test.each([
  ['a pair of surrogates', '{"a":"\\uD83D\\ude00-7"', '😀-7'],
  ['a key', '{"viewer\\u002d7":1}', 'viewer-7'],
  ['a value of a key that comes again', '{"a":"viewer\\u002D7","a":1}', 'viewer-7'],
  ['an escaped slash', '{"a":"crm\\/viewer-7"}', 'crm/viewer-7'],
  ['UTF-16', Buffer.from('{"a":"viewer-7"}', 'utf16le').toString('utf8'), 'viewer-7'],
  ['a form', 'id=viewer-7&x', 'viewer-7'],
])('%s', (_what, body, id) => {
  expect(mentions(body, id)).toBe(true)
})

test.each(['{"a":"viewer\\u002d8"}', '{"a":"viewer\\\\-8"}', '\\u00', '\\', ''])(
  '%j does not mention it',
  (body) => {
    expect(mentions(body, 'viewer-7')).toBe(false)
  },
)
