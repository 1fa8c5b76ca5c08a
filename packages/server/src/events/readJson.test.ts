import { expect, test } from 'vitest'
import { readJson } from './readJson.ts'
import { depthMax, keyMaxBytes, keysMax, textMaxBytes } from './scanBody.ts'

function codeOf(text: string, policy?: 'lenient'): string {
  const parsed = readJson(Buffer.from(text), policy)
  return parsed.ok ? 'ok' : parsed.problems[0].code
}

const keys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, nth) => [`key${nth}`, '']))

test.each([
  ['nesting', (size: number) => '['.repeat(size) + ']'.repeat(size), depthMax, 'body_too_deep'],
  ['keys of one object', (size: number) => JSON.stringify([keys(size)]), keysMax, 'keys_too_many'],
  ['a key', (size: number) => JSON.stringify({ ['k'.repeat(size)]: 1 }), keyMaxBytes, 'key_too_long'],
  ['a text', (size: number) => JSON.stringify(['t'.repeat(size)]), textMaxBytes, 'text_too_long'],
])('%s may be as large as the limit and no larger', (_what, make, max, code) => {
  expect(codeOf(make(max))).toBe('ok')
  expect(codeOf(make(max + 1))).toBe(code)
})

test('the limit of keys is one of each object, not of all together', () => {
  expect(codeOf(JSON.stringify([keys(keysMax), keys(keysMax)]))).toBe('ok')
})

test('brackets, colons and quotes inside a text are text', () => {
  expect(codeOf(JSON.stringify({ a: '{'.repeat(100), b: '":'.repeat(2000), c: '\\' }))).toBe('ok')
})

test('what is no JSON is said to be none once', () => {
  const parsed = readJson(Buffer.from('pign'))
  expect(parsed.ok ? '' : parsed.problems[0].message).toBe(
    'The body is not valid JSON at line 1, column 1: "pign" at the beginning.',
  )
})

test('a limit is seen before the parser is asked', () => {
  expect(codeOf('['.repeat(100_000))).toBe('body_too_deep')
})

test.each([
  ['{"a":1,"a":2}', '/a'],
  ['{"a":1,"\\u0061":2}', '/a'],
  ['{"a":{"b":1},"c":{"b":1,"b":1}}', '/c/b'],
  ['[{"a":1},{"a":[{},{"b":[1,2],"b":0}]}]', '/1/a/1/b'],
  ['{"__proto__":1,"__proto__":{}}', '/__proto__'],
  ['{"":0,"":{}}', '/'],
  ['{"a\\"":0,"x":"a\\":","a\\"":1}', '/a"'],
])('%s has a key twice', (text, pointer) => {
  const problems = [{ code: 'key_repeated', pointer }]
  expect(readJson(Buffer.from(text))).toMatchObject({ ok: false, problems })
  expect(codeOf(text, 'lenient')).toBe('ok')
})

test.each([
  '{"__proto__":{"__proto__":1},"constructor":{"prototype":0}}',
  '{"a":{"a":{"a":[{"a":1},{"a":1}]}}}',
  '{"1":0,"01":0,"a":"a","A":"a"}',
])('%s has none twice', (text) => {
  expect(readJson(Buffer.from(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown })
})
