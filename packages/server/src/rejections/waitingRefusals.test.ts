import { type Problem, ProblemCode } from '@playhead/protocol'
import { expect, test } from 'vitest'
import type { Refusal } from '../ingest/tally.ts'
import { waitingRefusals } from './waitingRefusals.ts'

const { missingMember, tsSeconds, unknownMember } = ProblemCode

function refusal(...problems: readonly (readonly [ProblemCode, string])[]): Refusal {
  const told = problems.map(([code, pointer]): Problem => ({ code, pointer, message: 'wrong' }))
  return { atMs: 0, endpoint: 'sessions', sid: undefined, suites: [], problems: told, body: '{}' }
}

/** Note them all; what is kept, and how often each problem was counted. */
function noted(refusals: readonly Refusal[], waiting = waitingRefusals()) {
  for (const one of refusals) waiting.note(one)
  const taken = waiting.take()
  const times: Record<string, number> = {}
  for (const one of taken)
    for (const { code, pointer } of one.problems)
      times[`${code} ${pointer}`] = (times[`${code} ${pointer}`] ?? 0) + one.times
  return {
    taken,
    times,
    bodies: taken.filter((one) => one.as === 'kept').length,
    requests: taken.reduce((sum, one) => sum + one.times, 0),
  }
}

const many = (count: number, make: (nth: number) => Refusal) =>
  Array.from({ length: count }, (_, nth) => make(nth))

test('refusals of the same problems are counted in the third of them', () => {
  const { taken, times } = noted(many(10, () => refusal([unknownMember, '/a'], [tsSeconds, '/b'])))
  expect(taken.map((one) => [one.as, one.times])).toEqual([
    ['kept', 1],
    ['kept', 1],
    ['kept', 8],
  ])
  expect(times).toEqual({ 'unknown_member /a': 10, 'ts_seconds /b': 10 })
})

test('a flood of different ones counts under what they share, and none under what it does not have', () => {
  const { times, bodies, requests } = noted(
    many(100, (nth) => refusal([unknownMember, '/a'], [tsSeconds, '/b'], [unknownMember, `/z${nth}`])),
  )
  const ofOne = many(6, (nth) => refusal([unknownMember, `/z${nth}`]))
  expect(times).toEqual({
    'unknown_member /a': 100,
    'ts_seconds /b': 100,
    ...Object.fromEntries(ofOne.map(({ problems }) => [`unknown_member ${problems[0]?.pointer}`, 1])),
  })
  expect(bodies).toBe(6)
  expect(requests).toBe(100)
})

test.each([
  [
    'behind the same first problem',
    (nth: number) => refusal([unknownMember, '/a'], [unknownMember, `/z${nth}`]),
  ],
  ['from the first problem on', (nth: number) => refusal([unknownMember, `/z${nth}`])],
])('a flood of ones that differ %s leaves room for others', (_where, make) => {
  const { taken, times, requests } = noted([...many(100, make), refusal([tsSeconds, '/ts'])])
  expect(times['ts_seconds /ts']).toBe(1)
  expect(taken.at(-1)?.as).toBe('kept')
  expect(
    Math.max(...Object.entries(times).map(([problem, count]) => (problem.includes('/z') ? count : 0))),
  ).toBe(1)
  expect(requests).toBe(101)
})

test('what there are too many kinds of counts in the total', () => {
  const codes = Object.values(ProblemCode).slice(0, 30)
  const { taken, bodies, requests } = noted(
    codes.flatMap((code) => many(10, (nth) => refusal([code, `/${nth}`]))),
  )
  expect(bodies).toBe(20)
  expect(taken).toHaveLength(41)
  expect(taken.find((one) => one.as === 'total')).toMatchObject({ problems: [], times: 260 })
  expect(requests).toBe(300)
})

test('what could not be stored waits again within the same bounds, and nothing is lost of the count', () => {
  const waiting = waitingRefusals()
  const flood = many(30, (nth) => refusal([missingMember, '/a'], [unknownMember, `/z${nth}`]))
  const { taken } = noted(flood, waiting)
  for (const one of flood) waiting.note(one)
  waiting.putBack(taken)
  const again = noted([], waiting)
  expect(again.taken.slice(0, taken.length).map(({ ordinal }) => ordinal)).toEqual(
    taken.map(({ ordinal }) => ordinal),
  )
  expect(again.bodies).toBe(6)
  expect(again.times['missing_member /a']).toBe(60)
  expect(again.times['unknown_member /z0']).toBe(2)
  expect(again.requests).toBe(60)
})
