import { expect, test } from 'vitest'
import { seriesOf } from './trend.ts'

const row = (start: string, starts: number, before?: number) => ({
  start,
  dimensions: {},
  metrics: { starts, share: null },
  ...(before !== undefined && { previous: { starts: before } }),
})
const beginnings = [0, 1, 2].map((day) => Date.UTC(2026, 10, 20 + day))
const [x0, x1, x2] = beginnings

test('where nothing happened a count is 0, and a mean is nothing', () => {
  const rows = [row('2026-11-20T01:00:00+01:00', 5), row('2026-11-22T01:00:00+01:00', 7)]
  const lines = [
    { metric: 'starts', name: 'Starts', none: 0 },
    { metric: 'share', name: 'Share', none: null },
  ] as const
  expect(seriesOf({ rows }, beginnings, lines, String)).toEqual([
    {
      name: 'Starts',
      points: [
        { x: x0, y: 5 },
        { x: x1, y: 0 },
        { x: x2, y: 7 },
      ],
    },
    { name: 'Share', points: [x0, x1, x2].map((x) => ({ x, y: null })) },
  ])
})

test('what it is compared with lies beside it', () => {
  const answer = { rows: [row('2026-11-21T00:00:00Z', 5, 3)], comparedTo: { from: '', to: '' } }
  const series = seriesOf(
    answer,
    beginnings,
    [{ metric: 'starts', name: 'Starts', none: 0 }],
    (name) => `${name}, before`,
  )
  expect(series.map(({ name, isCompared, points }) => [name, isCompared, points.map(({ y }) => y)])).toEqual([
    ['Starts', undefined, [0, 5, 0]],
    ['Starts, before', true, [0, 3, 0]],
  ])
})
