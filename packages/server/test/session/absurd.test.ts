import { ValidationPolicy } from '@playhead/protocol'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, normalise, normaliseDownload } from '../../src/ingest/normalise.ts'
import { replayDownload } from '../../src/session/download.ts'
import type { Fact } from '../../src/session/fact.ts'
import { passTime, receive } from '../../src/session/receive.ts'
import type { SessionRules } from '../../src/session/rules.ts'
import type { ClosedAd, SessionState } from '../../src/session/state.ts'
import type { SessionSummary } from '../../src/session/summary.ts'
import { sessionRow } from '../../src/store/rows/sessionRow.ts'
import {
  absurdInput,
  acceptedList,
  acceptedOnline,
  asReceived,
  type Sent,
  startedAtMs,
} from './absurdInput.ts'
import { timeouts } from './script.ts'

/**
 * No input that any policy accepts makes an absurd session: one with more time than the server saw pass, with figures
 * that are no numbers or below 0, or that closes before it starts.
 */
const rules: SessionRules = { timeouts, reorderWindowMs: 5000, areSeekedMarkersSkipped: false }
const policies = Object.values(ValidationPolicy)

describe.each(policies)('whatever the %s policy accepts', (policy) => {
  test('event by event', () => {
    const property = fc.property(absurdInput, (sent) => {
      const accepted = acceptedOnline(sent, policy)
      if (accepted.length === 0) return
      const run = runOnline(accepted)
      // Until the last event that was taken, not the last that arrived.
      const { life } = closedIn(run).state
      expectSensible(run, life.lastEventAtMs - life.startedAtMs + timeouts.idleMs)
    })
    fc.assert(property, { numRuns: 1500, seed: 11 })
  })

  test('as a list', () => {
    const property = fc.property(absurdInput, (sent) => {
      const accepted = acceptedList(sent, policy)
      if (accepted.length === 0) return
      expectSensible(runList(accepted), Number.POSITIVE_INFINITY)
    })
    fc.assert(property, { numRuns: 1500, seed: 12 })
  })

  test('gives the same when its state is written down and read back after every event', () => {
    const property = fc.property(absurdInput, (sent) => {
      const accepted = acceptedOnline(sent, policy)
      const reread = (state: SessionState) => JSON.parse(JSON.stringify(state)) as SessionState
      expect(runOnline(accepted, reread)).toEqual(runOnline(accepted))
    })
    fc.assert(property, { numRuns: 500, seed: 13 })
  })
})

function expectSensible(facts: readonly Fact[], spanMaxMs: number): void {
  expect(facts.filter(({ kind }) => kind === 'sessionClosed').length).toBe(1)
  const { metrics, state, close } = closedIn(facts)
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === 'number') expectQuantity(name, value)
  }
  const { mediaTimeSpent, totalPauseDuration, totalBufferDuration, totalStallDuration } = metrics
  const totalMs = mediaTimeSpent + totalPauseDuration + totalBufferDuration + totalStallDuration
  expect(totalMs).toBeLessThanOrEqual(spanMaxMs)
  expect(totalMs).toBeLessThanOrEqual(timeouts.ageMs + timeouts.graceMs)
  expectQuantity('since last call', close?.sinceLastCallMs ?? 0)
  for (const { name, timeMs, count } of state.states) {
    expectQuantity(name, timeMs)
    expect(timeMs).toBeLessThanOrEqual(timeouts.ageMs + timeouts.graceMs)
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

function runList(sent: readonly Sent[]): readonly Fact[] {
  const [start, ...events] = normaliseDownload(sent.map(({ body }) => asReceived(body)))
  const list = [start.event, events.map(({ event }) => event)] as const
  return replayDownload('sid', list, rules, startedAtMs).facts
}
