import { beforeEach, expect, test } from 'vitest'
import { createGate, type Gate } from './gate.ts'

const timeouts = { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 }
const deviceMs = 1_700_000_000_000
const sid = 'session'

let gate: Gate
beforeEach(() => {
  gate = createGate({ timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false })
  note('sessionStart', 0, 0)
})

/** An event at so many seconds, by both clocks. */
function note(type: string, atS: number, playheadS: number, tsS = atS): void {
  const arrival = {
    type,
    receivedAtMs: atS * 1000,
    tsMs: deviceMs + tsS * 1000,
    playheadMs: playheadS * 1000,
  }
  gate.note(sid, arrival, 0, 1000)
}
const isOpenAt = (atS: number, tsS = atS, of = sid): boolean =>
  gate.isOpen(of, {
    type: 'ping',
    receivedAtMs: atS * 1000,
    tsMs: deviceMs + tsS * 1000,
    playheadMs: 0,
  })

test('a session takes events from its start to its end', () => {
  expect(isOpenAt(0, 0, 'another')).toBe(false)
  expect(isOpenAt(0)).toBe(true)
  note('sessionEnd', 5, 5)
  expect(isOpenAt(5.001)).toBe(false)
})

test('what happened before its end is taken for the length of the reordering window', () => {
  note('sessionEnd', 100, 5, 99)
  expect(isOpenAt(104.999, 99)).toBe(true)
  expect(isOpenAt(104.999, 99.001)).toBe(false)
  expect(isOpenAt(105, 99)).toBe(false)
})

test('sessionComplete does not close, and neither does an end from before the start', () => {
  note('sessionComplete', 5, 5)
  note('sessionEnd', 6, 5, -1)
  expect(isOpenAt(6)).toBe(true)
})

test('it closes ten minutes and the grace after the last event', () => {
  note('ping', 100, 10)
  expect(isOpenAt(100 + 659)).toBe(true)
  expect(isOpenAt(100 + 660)).toBe(false)
})

test('it closes thirty minutes and the grace after the playhead moved, pings or not', () => {
  for (let atS = 10; atS <= 1850; atS += 10) note('ping', atS, Math.min(atS, 10))
  expect(isOpenAt(10 + 1859)).toBe(true)
  expect(isOpenAt(10 + 1860)).toBe(false)
})

test('it closes a day and the grace after its start, moving or not', () => {
  for (let atS = 10; atS <= 86_450; atS += 10) note('ping', atS, atS)
  expect(isOpenAt(86_459)).toBe(true)
  expect(isOpenAt(86_460)).toBe(false)
})

test('an event that comes too late does not bring it back', () => {
  note('ping', 700, 10)
  expect(isOpenAt(701)).toBe(false)
})

test('it is forgotten when its time is out', () => {
  gate.forgetExpired(659_999)
  expect(gate.openSessions).toBe(1)
  expect(gate.openBytes).toBe(10_240 + 1250)
  gate.forgetExpired(660_000)
  expect(gate.openSessions).toBe(0)
})

test('a session lives by the clock that it began by, which may be ahead of the log’s or behind', () => {
  for (const offsetMs of [2_592_000_000, -2_592_000_000]) {
    const start = { type: 'sessionStart', receivedAtMs: 1000 + offsetMs, tsMs: deviceMs, playheadMs: 0 }
    gate.note('another', start, offsetMs)
    expect(gate.clockOffsetOf('another')).toBe(offsetMs)
    const pingAt = (atMs: number) => ({ ...start, type: 'ping', receivedAtMs: atMs + offsetMs })
    expect(gate.isOpen('another', pingAt(660_999))).toBe(true)
    expect(gate.isOpen('another', pingAt(661_000))).toBe(false)
    gate.forgetExpired(660_999)
    expect(gate.clockOffsetOf('another')).toBe(offsetMs)
    gate.forgetExpired(661_000)
    expect(gate.clockOffsetOf('another')).toBeUndefined()
  }
})
