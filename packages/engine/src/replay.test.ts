import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileRules, hostileSession, replayOf } from '@playhead/testing/sessions/hostileSession.ts'
import { eventOf, rules, startMs } from '@playhead/testing/sessions/script.ts'
import type { Fact } from './fact.ts'
import type { MediaEvent } from './mediaEvent.ts'
import type { Warning } from './warning.ts'
import { passTime, receive } from './receive.ts'
import type { SessionState } from './state.ts'
import type { Outcome } from './step.ts'

const sid = 'sid'

/** Live: the log tells the time once a second, at some phase of the second, and goes on after the last event. */
function live(events: readonly MediaEvent[], phaseMs: number, isTold: (tick: number) => boolean) {
  const facts: Fact[] = []
  const warnings: Warning[] = []
  let state: SessionState | undefined
  let ticks = 0
  let nextTickMs = startMs + phaseMs
  const take = (outcome: Outcome): void => {
    facts.push(...outcome.facts)
    warnings.push(...outcome.warnings)
    ;({ state } = outcome)
  }
  const tickUntil = (endMs: number): void => {
    for (; nextTickMs < endMs; nextTickMs += 1000) {
      ticks += 1
      if (state && isTold(ticks)) take(passTime(state, nextTickMs, hostileRules))
    }
  }
  for (const event of events) {
    tickUntil(event.receivedAtMs)
    take(receive(state, sid, event, hostileRules))
  }
  tickUntil(nextTickMs + 600_000)
  return { facts, warnings, isOpen: state !== undefined }
}

test('the same events give the same result, whenever the time was told: a replay needs no clock records', () => {
  fc.assert(
    fc.property(
      hostileSession,
      fc.nat({ max: 999 }),
      fc.integer({ min: 1, max: 30 }),
      (events, phaseMs, every) => {
        const { isOpen, ...told } = live(events, phaseMs, (tick) => tick % every === 0 || tick > 600)
        expect(isOpen).toBe(false)
        const { facts, warnings } = replayOf(events, hostileRules) ?? {}
        expect({ facts, warnings }).toEqual(told)
      },
    ),
    { numRuns: 1000 },
  )
})

test('a session that began closes once', () => {
  fc.assert(
    fc.property(hostileSession, (events) => {
      const { facts = [] } = replayOf(events, hostileRules) ?? {}
      expect(facts.filter(({ kind }) => kind === 'sessionClosed')).toHaveLength(1)
    }),
    { numRuns: 500 },
  )
})

test('a second end from before the first one does not keep the session open', () => {
  const end = (seq: number, tsS: number, atS: number) =>
    eventOf([tsS, tsS, 'sessionEnd', { receivedAtMs: startMs + atS * 1000 }], seq)
  const events = [eventOf([0, 0, 'sessionStart'], 1), end(2, 50, 50), end(3, 40, 54)]
  const told = live([...events, end(4, 30, 56)], 0, () => true)
  expect(told.isOpen).toBe(false)
  expect(told.facts.at(-1)).toMatchObject({
    kind: 'sessionClosed',
    session: { close: { cause: 'sessionEnd' } },
  })
})

test('nor does an end that passes for a repeated event', () => {
  const collides = { fingerprint: 7 }
  const events = [
    eventOf([0, 0, 'sessionStart'], 1),
    eventOf([10, 10, 'ping', collides], 2),
    eventOf([12, 12, 'ping'], 3),
    eventOf([10, 10, 'sessionEnd', { ...collides, receivedAtMs: startMs + 18_000 }], 4),
  ]
  const told = live(events, 0, () => true)
  expect(told.isOpen).toBe(false)
  expect(told.facts.at(-1)).toMatchObject({ kind: 'sessionClosed' })
})

test('without its start there is nothing to tell', () => {
  expect(replayOf([eventOf([1, 1, 'play'], 2)], rules)).toBeUndefined()
})
