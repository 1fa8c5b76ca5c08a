import { expect, test } from 'vitest'
import { colourOf, everyNth, isAlone, nearest } from './series.ts'

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

test('a point between two gaps is alone, and so is an only one', () => {
  const gaps = [1, null, 2, null, 3, 4, null].map((y, x) => ({ x, y }))
  expect(gaps.map((_, index) => isAlone(gaps, index))).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
    false,
  ])
  expect(isAlone([{ x: 0, y: 0 }], 0)).toBe(true)
})

test.each([
  [4, [0, 10, 20, 50]],
  [3, [0, 20]],
  [1, [0]],
])('%d of the points at most', (most, xs) => {
  expect(everyNth(points, most).map(({ x }) => x)).toEqual(xs)
})

test('a line and what it is compared with have one colour', () => {
  const lines = [false, true, false, true, false].map((isCompared, nth) => ({
    name: String(nth),
    points,
    ...(isCompared && { isCompared }),
  }))
  expect(lines.map((_, index) => colourOf(lines, index))).toEqual([0, 0, 1, 1, 2])
})
