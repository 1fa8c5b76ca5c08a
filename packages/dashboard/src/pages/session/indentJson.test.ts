import { expect, test } from 'vitest'
import { indentJson } from './indentJson.ts'

test.each([
  { eventType: 'play', playerTime: { ts: 1, playhead: 0 }, params: {}, list: [1, [2, { a: null }], 'x'] },
  ['a "quoted, {bracketed}: text" \\ with\nlines', -1.5e-7, true, [[], {}]],
  'text',
  0,
])('%j is written as it would be anew', (value) => {
  const anew = JSON.stringify(value, null, 2)
  expect(indentJson(JSON.stringify(value))).toBe(anew)
  expect(indentJson(anew)).toBe(anew)
})

test('numbers, escapes, and a member that is there twice stay as they were sent', () => {
  const sent =
    '{"ts":1.50e3 , "a":"\\u00e9\\/","a":1.0,\n"big":12345678901234567890, "e": { },"__proto__":[ ]}'
  const shown = indentJson(sent)
  expect(shown).toBe(
    '{\n  "ts": 1.50e3,\n  "a": "\\u00e9\\/",\n  "a": 1.0,\n  "big": 12345678901234567890,\n  "e": { },\n  "__proto__": [ ]\n}',
  )
})
