import { afterEach, expect, test, vi } from 'vitest'
import { allTimelines, arrivalsOf } from '@playhead/testing/timelines/readTimeline.ts'
import { fingerprintOf, normalise } from 'playhead/src/events/normalise.ts'
import { startReplay } from '../src/replay.ts'

/**
 * The engine takes the time as data. `npm run typecheck` compiles it without the types of Node and of browsers; but
 * JavaScript itself has a clock and dice, so here it runs where neither is to be had.
 */
const rules = {
  timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
  reorderWindowMs: 5000,
  areSeekedMarkersSkipped: false,
}
const outside = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'crypto',
  'process',
  'fetch',
]

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function withoutClockAndDice<Result>(run: () => Result): Result {
  vi.spyOn(Math, 'random').mockImplementation(() => {
    throw new Error('dice')
  })
  for (const name of outside) vi.stubGlobal(name, undefined)
  try {
    return run()
  } finally {
    vi.unstubAllGlobals()
  }
}

test('without a clock the engine makes the same of every timeline', () => {
  for (const timeline of allTimelines()) {
    const events = arrivalsOf(timeline, 1_750_000_000_000).map(({ atMs, body }, index) => {
      const fingerprint = fingerprintOf(JSON.stringify(body))
      return normalise({ seq: index + 1, receivedAtMs: atMs, fingerprint }, body)
    })
    const replay = (keepsLedger = false) => {
      const run = startReplay('a'.repeat(64), { ...rules, keepsLedger })
      for (const event of events) run.take(event)
      return run.end()
    }
    const usual = replay()
    expect(usual?.facts.length).toBeGreaterThan(1)
    expect(withoutClockAndDice(() => replay())).toEqual(usual)
    expect(withoutClockAndDice(() => replay(true))?.facts.length).toBe(usual?.facts.length)
  }
})

test('what looks at the clock, or rolls dice, is found out', () => {
  expect(() => withoutClockAndDice(() => Date.now())).toThrow()
  expect(() => withoutClockAndDice(() => new Date())).toThrow()
  expect(() => withoutClockAndDice(() => Math.random())).toThrow('dice')
})
