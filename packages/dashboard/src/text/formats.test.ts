import { expect, test } from 'vitest'
import { formatsOf } from './formats.ts'

test.each([
  ['en', 277.7634, '277.763'],
  ['fr', 0.949, '0,949'],
  ['pt-BR', 1234.5, '1.234,5'],
  ['ja', 45, '45'],
])('a measured number in %s', (language, value, written) => {
  expect(formatsOf(language).exact(value)).toBe(written)
})

test('two moments of one minute are told apart', () => {
  const { time } = formatsOf('en')
  expect(time('2026-11-24T21:12:05Z', 'UTC')).not.toBe(time('2026-11-24T21:12:06Z', 'UTC'))
})
