import { expect, test } from 'vitest'
import { placeLabels } from './placeLabels.ts'

const labels = (xs: readonly number[], width = 40) => xs.map((x) => ({ at: x, text: `at ${x}`, x, width }))
const placesOf = (xs: readonly number[], width?: number) =>
  placeLabels(labels(xs, width), 300).map(({ at, x }) => [at, x])

test.each([
  [
    'room for all',
    [50, 150, 250],
    undefined,
    [
      [50, 50],
      [150, 150],
      [250, 250],
    ],
  ],
  [
    'every second',
    [50, 100, 150, 200, 250],
    undefined,
    [
      [50, 50],
      [150, 150],
      [250, 250],
    ],
  ],
  [
    'pushed in from the edges',
    [0, 150, 300],
    undefined,
    [
      [0, 20],
      [150, 150],
      [300, 280],
    ],
  ],
  [
    'pushed into another',
    [0, 60, 120],
    60,
    [
      [0, 30],
      [120, 120],
    ],
  ],
  ['one', [100, 110], undefined, [[100, 100]]],
  ['none', [], undefined, []],
])('%s', (_, xs, width, placed) => {
  expect(placesOf(xs, width)).toEqual(placed)
})

test('what is called the same is there once', () => {
  const same = labels([50, 150, 250]).map((label) => ({ ...label, text: label.x < 200 ? 'day' : 'next' }))
  expect(placeLabels(same, 300).map(({ at }) => at)).toEqual([50, 250])
})
