import { expect, test } from 'vitest'
import { linesOf } from './linesOf.ts'

test.each([
  ['as many as there is room for', ['ab', 'cd', 'ef'], 7, ['ab · cd', 'ef']],
  ['one that is too wide', ['abcdefgh', 'ij'], 7, ['abcdefgh', 'ij']],
  ['none', [], 7, []],
])('%s', (_, sentences, width, lines) => {
  expect(linesOf(sentences, width, (text) => text.length)).toEqual(lines)
})
