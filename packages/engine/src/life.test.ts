import { describe, expect, test } from 'vitest'
import { timeouts } from '@playhead/testing/sessions/script.ts'
import { type Arrival, beginLife, deadlineOf, expiryOf, type Life, prolong, readArrival } from './life.ts'

const at = (receivedAtS: number, playheadS = 0, tsS = receivedAtS) => ({
  type: 'ping',
  receivedAtMs: receivedAtS * 1000,
  tsMs: tsS * 1000,
  playheadMs: playheadS * 1000,
})

const rules = { timeouts, reorderWindowMs: 5000 }

/** The life after an event. */
const live = (life: Life, event: Arrival): Life => prolong(life, event, readArrival(life, event, rules))

/** The verdict on a session that began at 0, after these events; in seconds. */
function expiry(...events: readonly ReturnType<typeof at>[]) {
  const { cause, closedAtMs, deadlineMs } = expiryOf(
    events.reduce<Life>((life, event) => live(life, event), beginLife(at(0))),
    timeouts,
  )
  return [cause, closedAtMs / 1000, deadlineMs / 1000]
}

describe('a session closes', () => {
  test('ten minutes after its last event', () => {
    expect(expiry()).toEqual(['idle', 600, 660])
    expect(expiry(at(10), at(35))).toEqual(['idle', 635, 695])
  })

  test('half an hour after its playhead last moved, pings or not', () => {
    expect(expiry(at(60, 60), at(1500, 60))).toEqual(['still', 1860, 1920])
  })

  test('not before its last event, which the grace may have let in', () => {
    expect(expiry(at(60, 60), at(1900, 60))).toEqual(['still', 1900, 1920])
  })

  test('a day after its start', () => {
    expect(expiry(at(86_000, 86_000))).toEqual(['age', 86_400, 86_460])
  })

  test('later, once the playhead moves on, forwards or backwards', () => {
    expect(expiry(at(1500, 10), at(1700, 9))).toEqual(['idle', 2300, 2360])
  })
})

test('arrival counts, not the clock of the device', () => {
  expect(expiry(at(10, 10, 100_000))).toEqual(['idle', 610, 670])
})

test('an event older than the start does not prolong a session; one as old does', () => {
  const life = beginLife(at(100))
  expect(live(life, at(104, 5, 99.999))).toMatchObject({ lastEventAtMs: 100_000, playheadMovedAtMs: 100_000 })
  expect(live(life, at(200, 5, 100))).toMatchObject({ lastEventAtMs: 200_000, playheadMovedAtMs: 200_000 })
})

test('an end leaves the window for what happened before it, and the first end counts', () => {
  const life = live(beginLife(at(0)), { ...at(10), type: 'sessionEnd' })
  expect(deadlineOf(life, timeouts, 5000)).toBe(15_000)
  expect(deadlineOf(live(life, { ...at(14), type: 'sessionEnd' }), timeouts, 5000)).toBe(15_000)
  expect(deadlineOf(beginLife(at(0)), timeouts, 5000)).toBe(660_000)
})
