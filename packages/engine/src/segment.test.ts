import { expect, test } from 'vitest'
import { segmentLabel, stretch } from './segment.ts'

test.each([
  [0, 0, '[0-5]'],
  [0, 299.999, '[0-5]'],
  [0, 300, '[0-5]'],
  [0, 300.001, '[0-10]'],
  [299.999, 300.001, '[0-10]'],
  [300, 300, '[5-10]'],
  [1000, 2500, '[15-45]'],
])('from %d s to %d s it is %s', (minS, maxS, label) => {
  expect(segmentLabel({ minMs: minS * 1000, maxMs: maxS * 1000 }, 0, 5)).toBe(label)
})

test('live it counts from where the viewer came in', () => {
  expect(segmentLabel({ minMs: 43_200_000, maxMs: 43_500_001 }, 43_200_000, 5)).toBe('[0-10]')
})

test.each([
  [0, 47, '[0-1]'],
  [60, 60, '[1-2]'],
  [30, 200, '[0-4]'],
])('on a grid of a minute, from %d s to %d s it is %s', (minS, maxS, label) => {
  expect(segmentLabel({ minMs: minS * 1000, maxMs: maxS * 1000 }, 0, 1)).toBe(label)
})

test('a range stretches both ways', () => {
  expect(stretch(stretch(stretch(undefined, 5), 9), 2)).toEqual({ minMs: 2, maxMs: 9 })
})
