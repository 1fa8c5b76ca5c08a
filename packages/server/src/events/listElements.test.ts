import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isList, listElements } from './listElements.ts'

const bounds = { eventMaxBytes: 1000, eventsMax: 100 }

/** The list that the elements make, or the code and the place of what keeps it from being read. */
function read(text: string, within = bounds): unknown {
  const elements = listElements(Buffer.from(text), 'lenient', within)
  const list: unknown[] = []
  for (;;) {
    const { done, value } = elements.next()
    if (done !== true) list.push(value.json)
    else return value === undefined ? list : `${value.code} ${value.pointer}`
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

const marks = fc.constantFrom('', ' ', ',', '[', ']', '{', '}', '"', '\\', ':', '1', '\n', 'é')

test('a list is read as JSON.parse reads it, and what that refuses is refused', () => {
  const texts = fc
    .tuple(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.nat(), fc.nat({ max: 2 }), marks, fc.boolean())
    .map(([list, at, cut, mark, isIndented]) => {
      const text = JSON.stringify(list, undefined, isIndented ? 1 : undefined)
      const place = at % (text.length + 1)
      return text.slice(0, place) + mark + text.slice(place + cut)
    })
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(isList(Buffer.from(text)))
      const list = parsed(text)
      if (list === undefined) expect(read(text)).toMatch(/^body_/)
      else expect(read(text, { eventMaxBytes: Infinity, eventsMax: Infinity })).toEqual(list)
    }),
    { numRuns: 2000 },
  )
})

describe('what keeps a list from being read', () => {
  test.each([
    ['[1,,2]', 'body_not_json '],
    ['[1,]', 'body_not_json '],
    ['[1', 'body_not_json '],
    ['[1}', 'body_not_json '],
    ['[1] 2', 'body_not_json '],
    ['[1,{"a":]', 'body_not_json '],
    ['[1,{"a":}]', 'body_not_json /1'],
    [`[1,"${'x'.repeat(999)}"]`, 'body_too_large /1'],
    [`[${Array.from({ length: 101 }, () => 1).join(',')}]`, 'events_too_many '],
  ])('%s', (text, problem) => {
    expect(read(text)).toBe(problem)
  })

  test('nothing within the bounds', () => {
    expect(read(`["${'x'.repeat(998)}"]`)).toHaveLength(1)
    expect(read(`[${Array.from({ length: 100 }, () => 1).join(',')}]`)).toHaveLength(100)
  })
})

test.each([
  ['[]', true],
  [' \n\t\r[1]', true],
  ['{"a":[]}', false],
  ['', false],
  ['"[', false],
])('%s is a list: %s', (text, is) => {
  expect(isList(Buffer.from(text))).toBe(is)
})
