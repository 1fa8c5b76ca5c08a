import { expect, test } from 'vitest'
import { beginnings, comparedPeriod, daysAround, granularityOf, periodOf } from './period.ts'

const days = (from: string, to: string) => ({ kind: 'days', from, to }) as const

test.each([
  ['UTC', '2026-03-29', '2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
  // 23 hours, and 25.
  ['Europe/Paris', '2026-03-29', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['Europe/Paris', '2026-10-25', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['America/Sao_Paulo', '2026-01-31', '2026-02-01', '2026-01-31T03:00:00.000Z', '2026-02-02T03:00:00.000Z'],
  ['Asia/Kolkata', '2024-02-28', '2024-02-29', '2024-02-27T18:30:00.000Z', '2024-02-29T18:30:00.000Z'],
])('days in %s: %s to %s', (timeZone, first, last, from, to) => {
  expect(periodOf(days(first, last), timeZone, 0)).toEqual({ from, to })
})

test.each(['08:00:30.500', '08:00:00.000'])('up to now is up to the end of this minute: %s', (now) => {
  const nowMs = Date.parse(`2026-11-23T${now}Z`)
  expect(periodOf({ kind: 'last', last: '24h' }, 'UTC', nowMs)).toEqual({
    from: '2026-11-22T08:01:00.000Z',
    to: '2026-11-23T08:01:00.000Z',
  })
})

test('a period is compared with one as long', () => {
  const period = periodOf(days('2026-11-09', '2026-11-10'), 'UTC', 0)
  expect(comparedPeriod(period, 'none', 'UTC')).toBeUndefined()
  expect(comparedPeriod(period, 'previous', 'UTC')?.from).toBe('2026-11-07T00:00:00.000Z')
  expect(comparedPeriod(period, 'week', 'UTC')?.to).toBe('2026-11-04T00:00:00.000Z')
  expect(comparedPeriod(period, 'year', 'UTC')?.from).toBe('2025-11-10T00:00:00.000Z')
})

// In Berlin the day of 2026-10-25 has 25 hours.
test.each([
  ['2026-10-26', '2026-10-26', 'previous', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-10-26', '2026-10-28', 'previous', '2026-10-22T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-10-25', '2026-10-25', 'previous', '2026-10-23T22:00:00.000Z', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', '2026-10-28', 'week', '2026-10-18T22:00:00.000Z', '2026-10-21T22:00:00.000Z'],
  ['2026-10-25', '2026-10-25', 'week', '2026-10-17T22:00:00.000Z', '2026-10-18T22:00:00.000Z'],
  ['2026-10-25', '2026-10-26', 'year', '2025-10-25T22:00:00.000Z', '2025-10-27T23:00:00.000Z'],
] as const)(
  'whole days are compared with whole days: %s to %s in Berlin, %s',
  (first, last, compare, from, to) => {
    const period = periodOf(days(first, last), 'Europe/Berlin', 0)
    expect(comparedPeriod(period, compare, 'Europe/Berlin')).toEqual({ from, to })
  },
)

test('what ends now is compared with the same hours of the clock, as long as it is', () => {
  const period = periodOf({ kind: 'last', last: '24h' }, 'Europe/Berlin', Date.parse('2026-10-28T09:59:30Z'))
  expect(comparedPeriod(period, 'week', 'Europe/Berlin')).toEqual({
    from: '2026-10-20T09:00:00.000Z',
    to: '2026-10-21T09:00:00.000Z',
  })
  expect(comparedPeriod(period, 'previous', 'Europe/Berlin')).toEqual({
    from: '2026-10-26T10:00:00.000Z',
    to: '2026-10-27T10:00:00.000Z',
  })
})

test('a period up to now touches the same days all day long', () => {
  const at = (now: string) => daysAround(periodOf({ kind: 'last', last: '24h' }, 'UTC', Date.parse(now)))
  const touched = { from: '2026-10-27T00:00:00.000Z', to: '2026-10-29T00:00:00.000Z' }
  expect([at('2026-10-28T00:00:30Z'), at('2026-10-28T23:58:59Z')]).toEqual([touched, touched])
  expect(daysAround(touched)).toEqual(touched)
})

test('a period is drawn in some dozens of steps', () => {
  const hours = (count: number) => ({
    from: '2026-01-01T00:00:00Z',
    to: new Date(Date.UTC(2026, 0, 1, count)).toISOString(),
  })
  expect([1, 24, 24 * 30].map((count) => granularityOf(hours(count)))).toEqual(['minute', 'hour', 'day'])
})

test('days begin at midnight, also where a day has 23 hours; hours by the clock of the place', () => {
  const period = periodOf(days('2026-03-28', '2026-03-30'), 'Europe/Paris', 0)
  const times = (granularity: 'day' | 'hour', zone: string) =>
    beginnings(period, granularity, zone).map((ms) => new Date(ms).toISOString().slice(0, 16))
  expect(times('day', 'Europe/Paris')).toEqual(['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00'])
  expect(times('hour', 'Europe/Paris')).toHaveLength(71)
  expect(times('hour', 'Asia/Kolkata')[0]).toBe('2026-03-27T22:30')
})
