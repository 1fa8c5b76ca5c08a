import { expect, test } from 'vitest'
import { Rate } from './rate.ts'

function takes(rate: Rate, key: string, nowMs: number, attempts: number): number {
  let taken = 0
  for (let attempt = 0; attempt < attempts; attempt += 1) if (rate.take(key, nowMs)) taken += 1
  return taken
}

test('two seconds’ worth may come at once, then as many as time brings', () => {
  const rate = new Rate(10)
  expect(takes(rate, 'a', 1_000_000, 100)).toBe(20)
  expect(takes(rate, 'a', 1_000_099, 100)).toBe(0)
  expect(takes(rate, 'a', 1_000_100, 100)).toBe(1)
  expect(takes(rate, 'a', 1_001_100, 100)).toBe(10)
  expect(takes(rate, 'a', 1_999_999, 100)).toBe(20)
})

test('one key’s haste is not another’s', () => {
  const rate = new Rate(10)
  takes(rate, 'a', 1000, 100)
  expect(takes(rate, 'b', 1000, 100)).toBe(20)
})

test('a rate below one in two seconds is kept too, and 0 is none', () => {
  expect(takes(new Rate(0.1), 'a', 1000, 5)).toBe(1)
  expect(takes(new Rate(0), 'a', 1000, 1000)).toBe(1000)
})

test('it remembers so many keys, and forgets those that were quiet for longest', () => {
  const rate = new Rate(0.5)
  expect(rate.take('first', 1000)).toBe(true)
  expect(rate.take('second', 1000)).toBe(true)
  for (let nth = 0; nth < 99_999; nth += 1) rate.take(`other${nth}`, 1000)
  expect(rate.take('second', 1000)).toBe(false)
  expect(rate.take('first', 1000)).toBe(true)
})
