import { expect, test } from 'vitest'
import { readErase } from './readErase.ts'

const sid = 'a'.repeat(64)

test.each([
  [[], 'erase: takes either --visitor or --session'],
  [['--visitor', 'id', '--session', sid], 'erase: takes either --visitor or --session'],
  [['--visitor', ' '], 'erase: --visitor must not be empty'],
  [['--session', 'short'], 'erase: --session takes the id of a session, 64 lower-case hex digits'],
  [['--session', sid, '--anywhere'], 'erase: --anywhere goes with --visitor'],
  [['--visitor', 'id', '--check', 'one.json', '--receipt', 'two.json'], 'erase: --check reads a receipt'],
  [['--visitor', 'id', '--fast'], "erase: Unknown option '--fast'; see playhead help"],
])('%j is refused', (args, message) => {
  expect(() => readErase(args)).toThrow(message)
})

test('a visitor by its id, with a receipt of the hour unless one is named', () => {
  const subject = { kind: 'visitor', id: '0123', isAnywhere: false }
  expect(readErase(['--visitor', '0123', '--receipt', 'one.json'])).toEqual({
    kind: 'erase',
    subject,
    receipt: 'one.json',
  })
  const { receipt } = readErase(['--visitor', '0123'])
  expect(receipt).toMatch(/^erasure-2\d{3}-\d\d-\d\dT[\d.-]+Z\.json$/)
})

test('--check reads the receipt', () => {
  const subject = { kind: 'session', id: sid }
  expect(readErase(['--session', sid, '--check', 'one.json'])).toEqual({
    kind: 'eraseCheck',
    subject,
    receipt: 'one.json',
  })
})
