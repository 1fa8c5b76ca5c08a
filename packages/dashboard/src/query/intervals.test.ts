import { expect, test } from 'vitest'
import { intervalsOf } from './intervals.ts'

const hours = (count: number) => ({
  from: '2026-11-01T00:00:00Z',
  to: new Date(Date.parse('2026-11-01T00:00:00Z') + count * 3_600_000).toISOString(),
})

test.each([
  [1, ['minute', 'fiveMinutes', 'fifteenMinutes', 'halfHour']],
  [24, ['minute', 'fiveMinutes', 'fifteenMinutes', 'halfHour', 'hour']],
  [7 * 24, ['fifteenMinutes', 'halfHour', 'hour', 'day']],
  [30 * 24, ['halfHour', 'hour', 'day']],
  [365 * 24, ['hour', 'day']],
])('%i hours can be drawn by %j', (count, offered) => {
  expect(intervalsOf(hours(count), 'hour').map(({ granularity }) => granularity)).toEqual([
    ...new Set([...offered, ...(count === 1 ? ['hour'] : [])]),
  ])
})
