import { expect, test } from 'vitest'
import { panelSeries } from './panelSeries.ts'

const rows = (day: string, ...values: number[]) => ({
  rows: values.map((value, hour) => ({ start: `2026-10-${day}T0${hour}:00:00+01:00`, value })),
})
const hour = (nth: number) => Date.parse('2026-10-26T00:00:00+01:00') + nth * 3_600_000
const lines = (before: ReturnType<typeof rows> | undefined) =>
  panelSeries(
    { data: rows('26', 5, 6), before },
    'viewers',
    (name) => `${name} before`,
    ({ value }) => value,
  )

test('without a comparison there is one line', () => {
  expect(lines(undefined)).toEqual([
    {
      name: 'viewers',
      points: [
        { x: hour(0), y: 5 },
        { x: hour(1), y: 6 },
      ],
    },
  ])
})

test('each interval is drawn over the one beside it; what is missing there is a gap, what is more is left out', () => {
  const valuesOf = (before: ReturnType<typeof rows>) =>
    lines(before).map(({ name, isCompared = false, points }) => [name, isCompared, points])
  expect(valuesOf(rows('25', 3))[1]).toEqual([
    'viewers before',
    true,
    [
      { x: hour(0), y: 3 },
      { x: hour(1), y: null },
    ],
  ])
  expect(lines(rows('25', 3, 4, 9))[1]?.points.map(({ y }) => y)).toEqual([3, 4])
})
