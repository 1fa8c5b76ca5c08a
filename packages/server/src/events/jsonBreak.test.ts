import { assert, constantFrom, json, nat, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonBreak } from './jsonBreak.ts'

test.each([
  ['{"a": 1,\n "params": {\n  ...\n }}', 3, 3, 'an ellipsis', 'Remove the ellipsis'],
  ['{"a":1, ...}', 1, 9, 'an ellipsis', 'Remove the ellipsis'],
  ['{"a":1 …}', 1, 8, 'an ellipsis', 'Remove the ellipsis'],
  ['[{"a":1},...]', 1, 10, 'an ellipsis', 'Remove the ellipsis'],
  ['{"a":...}', 1, 6, 'an ellipsis', 'Remove the ellipsis'],
  ['...', 1, 1, 'an ellipsis', 'Remove the ellipsis'],
  ['{"a":1,}', 1, 7, 'a comma with nothing behind it', 'Remove the comma'],
  ['[1,\r\n2,\r\n]', 2, 2, 'a comma with nothing behind it', 'Remove the comma'],
  ['[1,,2]', 1, 4, 'a comma too many', 'Remove one'],
  ['{,"a":1}', 1, 2, 'a comma too many', 'Remove one'],
  ["{'a':1}", 1, 2, 'a single quote', 'double quotes'],
  ['{"a":‘b’}', 1, 6, 'a single quote', 'double quotes'],
  ['{“a”:1}', 1, 2, 'a typographic quote', 'straight double quotes'],
  ['{"a":1 // b\n}', 1, 8, 'a comment', 'JSON has none'],
  ['/* a */{}', 1, 1, 'a comment', 'JSON has none'],
  ['{a:1}', 1, 2, '"a" where a key is expected', 'double quotes'],
  ['{"a":b}', 1, 6, '"b" where a value is expected', 'double quotes'],
  ['{"a":NaN}', 1, 6, 'a number that JSON cannot write', 'finite'],
  ['{"a":-Infinity}', 1, 6, 'a number that JSON cannot write', 'finite'],
  ['{"a":undefined}', 1, 6, 'the word undefined', 'Leave the key out'],
  ['{"a":True}', 1, 6, 'a word in capitals', 'lower case'],
  ['{"ts":<timestamp>}', 1, 7, 'a placeholder in angle brackets', 'Put a value'],
  ['{"a":01}', 1, 6, 'the number "01"', 'no leading zero'],
  ['{"a":+1}', 1, 6, 'the number "+1"', 'no sign +'],
  ['{"a":.5}', 1, 6, 'the number ".5"', '0.5'],
  ['{"a":1.}', 1, 6, 'the number "1."', '0.5'],
  ['{"a" 1}', 1, 6, '"1" behind a key', 'colon'],
  ['{"a"}', 1, 5, 'a key without a value', 'Write the value'],
  ['{"a":}', 1, 6, 'a key without a value', 'Write the value'],
  ['{"a":1 "b":2}', 1, 8, '"\\"" behind a value', 'comma'],
  ['[1}', 1, 3, '"}" behind a value', 'close each bracket'],
  ['{"a":1}\n{"a":2}', 2, 1, '"{" behind the end', 'one JSON value'],
  ['eventType=ping', 1, 1, '"eventType=ping" at the beginning', 'JSON object'],
  ['{"a":"b\nc"}', 1, 8, 'a line break inside a text', '\\n'],
  ['{"a":"\tb"}', 1, 7, 'a control character inside a text', '\\t'],
  ['{"a":"\\x41"}', 1, 7, 'the escape "\\\\x"', 'backslash'],
  ['{"a":"b', 1, 6, 'a text without its closing quote', 'cut off'],
  ['{"🎬":"日本",\n "playerTime": {', 2, 17, 'the end of the body, while { of line 2, column 16', 'cut off'],
  ['{"🎬":1,}', 1, 7, 'a comma with nothing behind it', 'Remove the comma'],
  ['  ', 1, 3, 'no value', 'JSON object'],
  ['{\u0000', 1, 2, 'a control character', 'UTF-16'],
  ['\uFEFF{}', 1, 1, 'a second byte order mark', 'one byte order mark'],
])('%j breaks at line %i, column %i: %s', (text, line, column, what, remedy) => {
  const found = findJsonBreak(text)
  expect([found?.line, found?.column]).toEqual([line, column])
  expect(found?.what).toContain(what)
  expect(found?.remedy).toContain(remedy)
})

/** What `JSON.parse` says, yes or no. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('what the parser takes has no break, and what it refuses has one', () => {
  const damaged = tuple(
    json(),
    nat(),
    nat(3),
    constantFrom('', ',', '}', '"', '.', '\\', '1', 'e', '\n', '-'),
  ).map(([whole, at, cut, put]) => {
    const from = at % (whole.length + 1)
    return whole.slice(0, from) + put + whole.slice(from + cut)
  })
  assert(
    property(damaged, (text) => {
      expect(findJsonBreak(text) === undefined).toBe(isJson(text))
    }),
    { numRuns: 5000 },
  )
})

test('eight megabytes of anything are looked through in one pass', () => {
  const long = `[${'{"a":"b","c":[1,2,3]},'.repeat(400_000)}]`
  expect(findJsonBreak(long)).toMatchObject({ line: 1, what: 'a comma with nothing behind it' })
})
