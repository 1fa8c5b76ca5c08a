import { expect, test } from 'vitest'
import { markerReached } from './progress.ts'

test.each([
  [0, 0],
  [9999, 0],
  [10_000, 10],
  [24_999, 10],
  [25_000, 25],
  [50_000, 50],
  [75_000, 75],
  [94_999, 75],
  [95_000, 95],
  [250_000, 95],
])('at %d ms of 100 s the highest marker is %d', (playheadMs, marker) => {
  expect(markerReached(playheadMs, 100_000)).toBe(marker)
})
