import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type ClockEvent,
  createServerClock,
  followedMaxMs,
  leapTrustedAfterMs,
  type ServerClock,
} from './serverClock.ts'

const epochMs = 1_800_000_000_000
const dayMs = 86_400_000

let systemMs: number
let steadyMs: number
let events: ClockEvent[]
let clock: ServerClock

beforeEach(() => {
  systemMs = epochMs
  steadyMs = 12.5
  events = []
  clock = start()
})

function start(floorMs = 0, offsetMs = 0): ServerClock {
  return createServerClock({
    system: () => systemMs,
    monotonic: () => steadyMs,
    floorMs,
    offsetMs,
    onEvent: (event) => events.push(event),
  })
}

/** Time passes by both clocks, and is read each second as the log's clock does, which writes down a correction. */
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 1000) {
    systemMs += Math.min(left, 1000)
    steadyMs += Math.min(left, 1000)
    clock.now()
    if (clock.correctionMs !== undefined) clock.correct(clock.correctionMs)
  }
}

describe('differences of up to a minute are followed', () => {
  test('forwards at once', () => {
    systemMs += followedMaxMs
    expect(clock.now()).toBe(epochMs + followedMaxMs)
    expect([clock.offsetMs, events]).toEqual([0, []])
  })

  test('backwards by standing still until the time is reached again', () => {
    systemMs -= followedMaxMs
    expect(clock.now()).toBe(epochMs)
    pass(followedMaxMs)
    expect(clock.now()).toBe(epochMs)
    pass(1)
    expect(clock.now()).toBe(epochMs + 1)
    expect([clock.offsetMs, events]).toEqual([0, []])
  })
})

describe.each([
  ['ahead', 30 * dayMs],
  ['back', -30 * dayMs],
  ['ahead by a little more than is followed', followedMaxMs + 1],
  ['back by a little more than is followed', -followedMaxMs - 1],
])('a leap %s', (_, byMs) => {
  test('that is put right within a minute leaves no trace', () => {
    systemMs += byMs
    expect(clock.now()).toBe(epochMs)
    pass(2000)
    expect([clock.now(), clock.calendarNow(), clock.leapMs]).toEqual([epochMs + 2000, epochMs + 2000, byMs])
    systemMs -= byMs
    expect([clock.now(), clock.offsetMs, clock.leapMs]).toEqual([epochMs + 2000, 0, undefined])
    expect(events).toEqual([{ kind: 'leapt', byMs }, { kind: 'returned' }])
  })

  test('that lasts a minute counts once it is in the log', () => {
    systemMs += byMs
    clock.now()
    systemMs += leapTrustedAfterMs
    steadyMs += leapTrustedAfterMs
    clock.now()
    expect([clock.correctionMs, clock.offsetMs]).toEqual([byMs, 0])
    systemMs -= byMs
    clock.now()
    expect([clock.correctionMs, clock.offsetMs]).toEqual([undefined, 0])
  })

  test('that lasts a minute moves the calendar, and log time goes on as if nothing had been', () => {
    systemMs += byMs
    pass(leapTrustedAfterMs)
    expect(clock.leapMs).toBe(byMs)
    pass(1000)
    expect(clock.correctionMs).toBeUndefined()
    const passedMs = leapTrustedAfterMs + 1000
    expect([clock.now(), clock.offsetMs, clock.leapMs]).toEqual([epochMs + passedMs, byMs, undefined])
    expect(clock.calendarNow()).toBe(systemMs)
    expect(events).toEqual([
      { kind: 'leapt', byMs },
      { kind: 'corrected', byMs },
    ])
  })

  test('of the log at a start: time goes on from its end, and is right after a minute', () => {
    const lastMs = epochMs - byMs
    clock = start(lastMs)
    // The time that the server was down cannot be told from a clock that is ahead.
    if (byMs > 0) return expect(clock.now()).toBe(epochMs)
    expect(clock.now()).toBe(lastMs)
    pass(leapTrustedAfterMs + 1000)
    expect(clock.now()).toBe(lastMs + leapTrustedAfterMs + 1000)
    expect(clock.calendarNow()).toBe(systemMs)
  })

  test('that was a correction outlives a restart', () => {
    const [lastMs, downMs] = [epochMs + 5000, 7000]
    systemMs = lastMs + byMs + downMs
    clock = start(lastMs, byMs)
    expect([clock.now(), clock.calendarNow()]).toEqual([lastMs + downMs, systemMs])
    expect(events).toEqual([])
  })
})

test('a clock that keeps leaping is not trusted before it has been still for a minute', () => {
  for (let leaps = 1; leaps <= 10; leaps += 1) {
    systemMs += dayMs
    pass(leapTrustedAfterMs - 10_000)
  }
  expect([clock.offsetMs, clock.leapMs]).toEqual([0, 10 * dayMs])
  pass(20_000)
  expect([clock.offsetMs, clock.leapMs]).toEqual([10 * dayMs, undefined])
})

test('whatever the system’s clock does, log time never goes back and never runs ahead by more than is followed', () => {
  const steps = fc.array(
    fc.record({
      steadyMs: fc.double({ min: 0, max: 120_000, noNaN: true }),
      leapMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: -90_000, max: 90_000 }),
        fc.integer({ min: -40 * dayMs, max: 40 * dayMs }),
      ),
    }),
    { maxLength: 50 },
  )
  fc.assert(
    fc.property(steps, (all) => {
      systemMs = epochMs
      steadyMs = 0
      clock = start()
      let lastMs = clock.now()
      for (const step of all) {
        systemMs += Math.round(step.steadyMs) + step.leapMs
        steadyMs += step.steadyMs
        const nowMs = clock.now()
        expect(nowMs).toBeGreaterThanOrEqual(lastMs)
        expect(nowMs - lastMs).toBeLessThanOrEqual(step.steadyMs + 2 * followedMaxMs + 1)
        expect(Number.isSafeInteger(nowMs) && Number.isSafeInteger(clock.offsetMs)).toBe(true)
        lastMs = nowMs
      }
    }),
  )
})
