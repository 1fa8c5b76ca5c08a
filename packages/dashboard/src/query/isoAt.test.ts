import { expect, test } from 'vitest'
import { isoAt } from './isoAt.ts'

test.each([
  ['UTC', '2026-11-24T21:00:00+00:00'],
  ['Asia/Kolkata', '2026-11-25T02:30:00+05:30'],
  ['America/St_Johns', '2026-11-24T17:30:00-03:30'],
])('a moment in %s', (timeZone, written) => {
  expect(isoAt(Date.parse('2026-11-24T21:00:00Z'), timeZone)).toBe(written)
})

test('milliseconds are written where there are any', () => {
  expect(isoAt(1, 'UTC')).toBe('1970-01-01T00:00:00.001+00:00')
})
