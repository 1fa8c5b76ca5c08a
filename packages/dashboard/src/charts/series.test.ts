import { expect, test } from 'vitest'
import { nearest } from './series.ts'

const points = [0, 10, 20, 50].map((x) => ({ x, y: 1 }))

test.each([
  [-5, 0],
  [4, 0],
  [6, 1],
  [15, 1],
  [34, 2],
  [36, 3],
  [900, 3],
])('nearest to %d is point %d', (x, index) => {
  expect(nearest(points, x)).toBe(index)
})

test('there is none nearest of none', () => {
  expect(nearest([], 3)).toBe(-1)
})
