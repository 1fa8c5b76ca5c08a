import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movement, type Watched, watch, watchedMs } from './watched.ts'

const daySeconds = 86_400

/** What is watched after steps of so many seconds between two playheads, in seconds. */
function after(...steps: readonly [stepS: number, fromS: number, toS: number][]): number[][] {
  const watched = steps.reduce<Watched>(
    (so, [stepS, fromS, toS]) =>
      watch(so, { fromMs: fromS * 1000, toMs: toS * 1000, playedMs: stepS * 1000, isLive: false }),
    [],
  )
  return watched.map((stretch) => stretch.map((ms) => ms / 1000))
}

describe('a step shows', () => {
  test.each([
    ['the way it went', 10, 0, 10, [[0, 10]]],
    ['all of it at double speed and a second', 10, 0, 21, [[0, 21]]],
    ['its own length before the end of a jump: faster is a jump', 10, 0, 22, [[12, 22]]],
    ['the same after a jump back', 10, 60, 15, [[5, 15]]],
    ['nothing before 0', 10, 60, 4, [[0, 4]]],
    ['nothing if it does not move', 10, 5, 5, []],
    ['nothing if a jump takes no time', 0, 10, 60, []],
  ])('%s', (_, stepS, fromS, toS, watched) => {
    expect(after([stepS, fromS, toS])).toEqual(watched)
  })
})

test('what was seen before is not seen anew, and stretches that touch become one', () => {
  expect(after([10, 0, 10], [10, 20, 30], [10, 5, 15], [5, 15, 20])).toEqual([[0, 30]])
})

describe('live', () => {
  test('a playhead that falls back at midnight has gone on', () => {
    const [from, to] = [daySeconds * 1000 - 4000, 6000]
    expect(movement(from, to, 10_000, true)).toBe(10_000)
    expect(watchedMs(watch([], { fromMs: from, toMs: to, playedMs: 10_000, isLive: true }))).toBe(10_000)
  })

  test('no more than the way it went, where the player had counted on beyond midnight', () => {
    const [from, to] = [daySeconds * 1000 + 14_000, 24_000]
    expect(movement(from, to, 10_000, true)).toBe(10_000)
    expect(watch([], { fromMs: from, toMs: to, playedMs: 10_000, isLive: true })).toEqual([[14_000, 24_000]])
  })

  test('one that falls back at another time has gone back', () => {
    expect(movement(50_000_000, 40_000_000, 10_000, true)).toBe(-10_000_000)
  })

  test('a recorded playhead never goes over midnight', () => {
    expect(movement(86_396_000, 6000, 10_000, false)).toBe(-86_390_000)
  })
})

test('stretches stay ascending and apart, and as long as what they cover', () => {
  const step = fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: 0, max: 60 }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const seconds = new Set<number>()
      for (const one of steps) {
        for (const [from = 0, to = 0] of after(one)) {
          for (let second = from; second < to; second += 1) seconds.add(second)
        }
      }
      const watched = after(...steps)
      const flat = watched.flat()
      expect(flat).toEqual([...new Set(flat)].toSorted((one, other) => one - other))
      expect(watched.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0)).toBe(seconds.size)
    }),
  )
})
