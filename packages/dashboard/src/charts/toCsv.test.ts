import { expect, test } from 'vitest'
import { toCsv } from './toCsv.ts'

test.each([
  ['plain', 'plain'],
  ['a "word", and more', '"a ""word"", and more"'],
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  [-1.5, '-1.5'],
  [true, 'true'],
  [null, ''],
])('%j is saved as %j', (value, text) => {
  expect(toCsv({ head: ['head'], rows: [[value]] })).toBe(`\uFEFFhead\r\n${text}\r\n`)
})

test('a last row says that there are more, in every column', () => {
  const table = { head: ['a', 'b'], rows: [[1, 2]] }
  expect(toCsv({ ...table, isCut: true })).toBe('\uFEFFa,b\r\n1,2\r\n…,…\r\n')
})
