import { ValidationPolicy } from '@playhead/protocol'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, normalise, normaliseDownload } from 'playhead/src/events/normalise.ts'
import { replayDownload } from '../src/download.ts'
import type { Fact } from '../src/fact.ts'
import { passTime, receive } from '../src/receive.ts'
import type { SessionRules } from '../src/rules.ts'
import { sessionMaxBytes } from '../src/sessionMaxBytes.ts'
import type { ClosedAd, SessionState } from '../src/state.ts'
import type { SessionSummary } from '../src/summary.ts'
import { sessionRow } from 'playhead/src/projection/rows/sessionRow.ts'
import {
  absurdInput,
  acceptedList,
  acceptedOnline,
  asReceived,
  longAbsurdInput,
  type Sent,
  startedAtMs,
} from '@playhead/testing/sessions/absurdInput.ts'
import { elementsOf } from '@playhead/testing/sessions/elementsOf.ts'
import { hostileRules } from '@playhead/testing/sessions/hostileSession.ts'
import { timeouts } from '@playhead/testing/sessions/script.ts'

/**
 * No input that any policy accepts makes an absurd session: one with more time than the server saw pass, with figures
 * that are no numbers or below 0, or that closes before it starts; and none takes more room, or more work for one event,
 * than a session may.
 */
const asDocumented: SessionRules = { timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false }
const anyRules = fc.constantFrom(asDocumented, hostileRules)
const policies = Object.values(ValidationPolicy)

/**
 * What the lists of a session may have together, so what an event may have to look through: three times 1,000 stretches
 * of time, 200 error ids, 100 steps of a standing playhead, 64 deliveries, and some dozens that wait or are held.
 */
const elementsMax = 4000

describe.each(policies)('whatever the %s policy accepts', (policy) => {
  test('event by event', () => {
    const property = fc.property(absurdInput, anyRules, (sent, rules) => {
      const accepted = acceptedOnline(sent, policy)
      if (accepted.length === 0) return
      const facts = runOnline(accepted, rules, (state) => {
        expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(sessionMaxBytes)
        return state
      })
      // Until the last event that was taken, not the last that arrived.
      const { life } = closedIn(facts).state
      expectSensible(facts, rules, life.lastEventAtMs - life.startedAtMs + rules.timeouts.idleMs)
    })
    fc.assert(property, { numRuns: 1000, seed: 11 })
  })

  test('as a list', () => {
    const property = fc.property(absurdInput, anyRules, (sent, rules) => {
      const accepted = acceptedList(sent, policy)
      if (accepted.length > 0) expectSensible(runList(accepted, rules), rules, Number.POSITIVE_INFINITY)
    })
    fc.assert(property, { numRuns: 1000, seed: 12 })
  })

  test('gives the same when its state is written down and read back after every event', () => {
    const property = fc.property(absurdInput, (sent) => {
      const accepted = acceptedOnline(sent, policy)
      const reread = (state: SessionState) => JSON.parse(JSON.stringify(state)) as SessionState
      expect(runOnline(accepted, asDocumented, reread)).toEqual(runOnline(accepted, asDocumented))
    })
    fc.assert(property, { numRuns: 500, seed: 13 })
  })
})

test('the longest sessions take no more room, and no event of them more work, than a session may', () => {
  const property = fc.property(longAbsurdInput, (sent) => {
    let elements = 0
    let bytes = 0
    // Close together, and without an end: whatever would close goes on.
    const goesOn = acceptedOnline(sent, 'lenient')
      .filter(({ body }) => body['eventType'] !== 'sessionEnd')
      .map(({ afterMs, body }) => ({ afterMs: Math.min(afterMs, 20), body }))
    runOnline(goesOn, asDocumented, (state) => {
      elements = Math.max(elements, elementsOf(state))
      if (state.eventCount % 100 === 0) bytes = Math.max(bytes, Buffer.byteLength(JSON.stringify(state)))
      return state
    })
    expect(elements).toBeLessThanOrEqual(elementsMax)
    expect(bytes).toBeLessThanOrEqual(sessionMaxBytes)
  })
  fc.assert(property, { numRuns: 10, seed: 14 })
})

function expectSensible(
  facts: readonly Fact[],
  { timeouts: { ageMs, graceMs } }: SessionRules,
  spanMaxMs: number,
): void {
  expect(facts.filter(({ kind }) => kind === 'sessionClosed').length).toBe(1)
  const { metrics, state, close } = closedIn(facts)
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === 'number') expectQuantity(name, value)
  }
  const { mediaTimeSpent, totalPauseDuration, totalBufferDuration, totalStallDuration } = metrics
  const totalMs = mediaTimeSpent + totalPauseDuration + totalBufferDuration + totalStallDuration
  expect(totalMs).toBeLessThanOrEqual(spanMaxMs)
  expect(totalMs).toBeLessThanOrEqual(ageMs + graceMs)
  expectQuantity('since last call', close?.sinceLastCallMs ?? 0)
  for (const { name, timeMs, count } of state.states) {
    expectQuantity(name, timeMs)
    expect(timeMs).toBeLessThanOrEqual(ageMs + graceMs)
    expectQuantity(name, count)
  }
  for (const { timePlayedMs, startedTsMs, closedTsMs } of facts.flatMap(partsIn)) {
    expectQuantity('time played', timePlayedMs)
    expect(startedTsMs).toBeLessThanOrEqual(closedTsMs)
  }
  const row = sessionRow({ metrics, state, close }, 1)
  expect(row['started_at']).toBeLessThanOrEqual(Number(row['last_event_at']))
  expect(row['last_event_at']).toBeLessThanOrEqual(Number(row['closed_at']))
}

function partsIn(fact: Fact): Pick<ClosedAd, 'timePlayedMs' | 'startedTsMs' | 'closedTsMs'>[] {
  if (fact.kind === 'adClosed') return [fact.ad]
  return fact.kind === 'chapterClosed' ? [fact.chapter] : []
}

function expectQuantity(name: string, value: number): void {
  expect([name, Number.isFinite(value) && value >= 0]).toEqual([name, true])
}

function closedIn(facts: readonly Fact[]): SessionSummary {
  const closed = facts.find((fact) => fact.kind === 'sessionClosed')
  if (closed === undefined) throw new Error('the session was not closed')
  return closed.session
}

function runOnline(
  sent: readonly Sent[],
  rules: SessionRules,
  reread: (state: SessionState) => SessionState = (state) => state,
): Fact[] {
  const facts: Fact[] = []
  let known: SessionState | undefined
  let nowMs = startedAtMs
  for (const [nth, { afterMs, body }] of sent.entries()) {
    nowMs += afterMs
    if (nth > 0 && known === undefined) break
    const stored = { seq: nth + 1, receivedAtMs: nowMs, fingerprint: fingerprintOf(JSON.stringify(body)) }
    const outcome = receive(known, 'sid', normalise(stored, asReceived(body)), rules)
    facts.push(...outcome.facts)
    known = outcome.state && reread(outcome.state)
  }
  if (known !== undefined) facts.push(...passTime(known, Number.POSITIVE_INFINITY, rules).facts)
  return facts
}

function runList(sent: readonly Sent[], rules: SessionRules): readonly Fact[] {
  const [start, ...events] = normaliseDownload(sent.map(({ body }) => asReceived(body)))
  const list = [start.event, events.map(({ event }) => event)] as const
  return replayDownload('sid', list, rules, startedAtMs).facts
}
