import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventOf, type Row, rules, startMs } from '@playhead/testing/sessions/script.ts'
import type { Fact } from './fact.ts'
import { passTime, receive } from './receive.ts'
import { release } from './reorder.ts'
import type { SessionState } from './state.ts'

const windowMs = 5000
const withWindow = { ...rules, reorderWindowMs: windowMs }

/** An event that happened at one time and arrived at another, in seconds. */
function arriving(seq: number, happenedS: number, arrivedS: number, type: Row[2] = 'ping') {
  return eventOf([happenedS, happenedS, type, { receivedAtMs: startMs + arrivedS * 1000 }], seq)
}
const seqs = (events: readonly { readonly seq: number }[]) => events.map(({ seq }) => seq)

describe('the window', () => {
  test('lets an event go when it has waited for its length, with all that happened before it', () => {
    const waiting = [arriving(1, 2, 10), arriving(2, 1, 12), arriving(3, 3, 14)]
    expect(release(waiting, startMs + 14_999, windowMs).ready).toEqual([])
    const { ready, waiting: rest } = release(waiting, startMs + 15_000, windowMs)
    expect([seqs(ready), seqs(rest)]).toEqual([[2, 1], [3]])
  })

  test('lets the first go when ten wait', () => {
    const waiting = Array.from({ length: 10 }, (_, index) => arriving(index + 1, 10 - index, 10))
    expect(release(waiting.slice(0, 9), startMs + 10_000, windowMs).ready).toEqual([])
    expect(seqs(release(waiting, startMs + 10_000, windowMs).ready)).toEqual([10])
  })

  test('keeps the order of arrival where the device’s times are equal, with an end last', () => {
    const waiting = [
      arriving(1, 5, 10, 'sessionEnd'),
      arriving(2, 5, 10, 'adSkip'),
      arriving(3, 5, 10, 'adBreakComplete'),
    ]
    expect(seqs(release(waiting, startMs + 15_000, windowMs).ready)).toEqual([2, 3, 1])
  })

  test('keeps an end for its full time, and what came after it with it', () => {
    const waiting = [arriving(1, 1, 10), arriving(2, 3, 14), arriving(3, 2, 14, 'sessionEnd')]
    const { ready, waiting: rest } = release(waiting, startMs + 15_000, windowMs)
    expect([seqs(ready), seqs(rest)]).toEqual([[1], [2, 3]])
    expect(seqs(release(rest, startMs + 19_000, windowMs).ready)).toEqual([3, 2])
  })
})

/** Receive events in the order they arrive, tell the time every second, and stop when the session has closed. */
function factsOf(arrivals: readonly ReturnType<typeof arriving>[]): readonly Fact[] {
  const facts: Fact[] = []
  let state: SessionState | undefined
  const take = (outcome: ReturnType<typeof receive>): void => {
    facts.push(...outcome.facts)
    state = outcome.state
  }
  for (const [index, event] of arrivals.entries()) {
    const beforeMs = arrivals[index - 1]?.receivedAtMs ?? event.receivedAtMs
    for (let nowMs = beforeMs + 1000; nowMs < event.receivedAtMs; nowMs += 1000) {
      if (state) take(passTime(state, nowMs, withWindow))
    }
    take(receive(state, 'sid', event, withWindow))
  }
  if (state) take(passTime(state, startMs + 10_000_000, withWindow))
  return facts.filter(({ kind }) => kind !== 'sessionStarted')
}

const types = [
  'play',
  'ping',
  'pauseStart',
  'adBreakStart',
  'adStart',
  'adComplete',
  'chapterStart',
  'sessionComplete',
] as const

test('events that overtake each other inside the window change nothing', () => {
  const session = fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      stepS: fc.integer({ min: 1, max: 9 }),
      delayS: fc.integer({ min: 0, max: 4 }),
    }),
    {
      maxLength: 30,
    },
  )
  fc.assert(
    fc.property(session, (steps) => {
      let atS = 0
      const rows = [
        { type: 'sessionStart' as const, stepS: 0, delayS: 0 },
        ...steps,
        { type: 'sessionEnd' as const, stepS: 1, delayS: 0 },
      ]
      const events = rows.map(({ type, stepS, delayS }, index) => {
        atS += stepS
        return { event: arriving(index + 1, atS, atS, type), arrivesMs: startMs + (atS + delayS) * 1000 }
      })
      const late = events
        .toSorted((a, b) => a.arrivesMs - b.arrivesMs)
        .map(({ event, arrivesMs }) => ({ ...event, receivedAtMs: arrivesMs }))
      const inTime = factsOf(events.map(({ event }) => event))
      expect(withoutArrivals(factsOf(late))).toEqual(withoutArrivals(inTime))
    }),
    { numRuns: 500 },
  )
})

/** Facts without what tells of arrival: everything else must be the same. */
function withoutArrivals(facts: readonly Fact[]): unknown {
  return facts.map((fact) => (fact.kind === 'sessionClosed' ? fact.session.metrics : fact))
}
