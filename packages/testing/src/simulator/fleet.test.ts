import { expect, test } from 'vitest'
import { type FleetArrival, simulateFleet } from './fleet.ts'
import { createRandom } from './random.ts'
import { simulateSession } from './session.ts'
import { startTimes } from './startTimes.ts'

const startMs = Date.UTC(2025, 5, 1)
const options = { seed: 'fleet', sessions: 300, days: 2, startMs }

test('a fleet is the same each time', () => {
  expect([...simulateFleet({ ...options, sessions: 20 })]).toEqual([
    ...simulateFleet({ ...options, sessions: 20 }),
  ])
})

test('arrivals come in their order, and those of each session are what its seed gives alone', () => {
  const bySession = new Map<number, FleetArrival[]>()
  let lastMs = 0
  for (const arrival of simulateFleet(options)) {
    expect(arrival.atMs).toBeGreaterThanOrEqual(lastMs)
    lastMs = arrival.atMs
    const { number } = arrival.session
    bySession.set(number, [...(bySession.get(number) ?? []), arrival])
  }
  expect(bySession.size).toBeGreaterThan(options.sessions)
  for (const [first, ...others] of bySession.values()) {
    if (first === undefined) throw new Error('a session without arrivals')
    const alone = simulateSession(first.session.seed, first.session.options)
    expect([first, ...others].map(({ atMs, body }) => ({ atMs, body }))).toEqual(alone.bodies)
    expect([first, ...others].findIndex(({ isLast }) => isLast)).toBe(others.length)
  }
})

test('viewers come back, and go on with what they had begun', () => {
  const starts = [...simulateFleet(options)].filter(({ body }) => body.eventType === 'sessionStart')
  const viewers = new Set(starts.map(({ session }) => session.options.viewer?.id))
  expect(viewers.size).toBeLessThanOrEqual(100)
  const resumed = starts.filter(({ session }) => session.options.fromPositionMs !== undefined)
  expect(resumed.length).toBe(starts.length - options.sessions)
  expect(resumed.every(({ body }) => body.playerTime.playhead > 0)).toBe(true)
})

test('evenings are busier than nights', () => {
  const times = [...startTimes(2_000, 1, startMs, createRandom('evenings'))]
  expect(times).toHaveLength(2_000)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  const between = (from: number, to: number) =>
    times.map((ms) => new Date(ms).getUTCHours()).filter((hour) => hour >= from && hour < to).length
  expect(between(19, 22)).toBeGreaterThan(4 * between(2, 5))
})
