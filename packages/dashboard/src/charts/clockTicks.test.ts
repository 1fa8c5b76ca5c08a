import { expect, test } from 'vitest'
import { clockTicks } from './clockTicks.ts'

test.each([
  ['a short session', 0, 75, 8, [0, 10, 20, 30, 40, 50, 60, 70]],
  ['most of an hour', 0, 3400, 6, [0, 600, 1200, 1800, 2400, 3000]],
  ['from somewhere', 95, 400, 3, [120, 240, 360]],
  ['some days', 0, 400_000, 2, [0, 259_200]],
  ['nothing', 0, 0, 5, [0]],
])('%s is divided as clocks are', (_, from, to, most, ticks) => {
  expect(clockTicks(from, to, most)).toEqual(ticks)
})
