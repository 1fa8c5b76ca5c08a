import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventOf, rules, startMs, type Row } from '../../test/session/script.ts'
import type { MediaEvent } from './mediaEvent.ts'
import { passTime, receive } from './receive.ts'
import type { SessionState } from './state.ts'

const timeouts = { idleMs: 20_000, stillMs: 40_000, ageMs: 90_000, graceMs: 1000 }
const withWindow = { ...rules, timeouts, reorderWindowMs: 5000 }
const types = ['play','ping','pauseStart','bufferStart','adBreakStart','adStart','adComplete','adBreakComplete','chapterStart','chapterComplete','stateStart','error','sessionComplete','sessionEnd'] as const
const arrivals = fc.array(fc.record({
  type: fc.constantFrom(...types),
  afterMs: fc.constantFrom(0, 1, 700, 2500, 5000, 9000, 25_000),
  agoMs: fc.constantFrom(0, 0, 1, 900, 4999, 5000, 7000, 30_000),
  playheadS: fc.integer({min:0,max:30}),
}), {maxLength: 25})
function events(steps: readonly any[]): MediaEvent[] {
  let nowMs = startMs
  return [{type:'sessionStart',afterMs:0,agoMs:0,playheadS:0}, ...steps].map(({type,afterMs,agoMs,playheadS}, i) => {
    nowMs += afterMs
    return eventOf([0, playheadS, type as Row[2], { receivedAtMs: nowMs, tsMs: Math.max(startMs - 1, nowMs - agoMs) }], i + 1)
  })
}
function run(evs: readonly MediaEvent[], clockMs: (i:number)=>number[]) {
  const facts: any[] = []; const notices: any[] = []
  let state: SessionState | undefined
  const take = (o: any) => { facts.push(...o.facts); notices.push(...o.notices); state = o.state }
  evs.forEach((e, i) => {
    for (const t of clockMs(i)) if (state) take(passTime(state, t, withWindow))
    take(receive(state, 'sid', e, withWindow))
  })
  if (state) take(passTime(state, startMs + 10_000_000, withWindow))
  return { facts: facts.map(f => f.kind === 'sessionClosed' ? { ...f, session: { ...f.session, state: { ...f.session.state, waiting: [] } } } : f), notices, open: state !== undefined }
}
test('clock does not matter', () => {
  fc.assert(fc.property(arrivals, fc.integer({min:0,max:999}), (steps, phase) => {
    const evs = events(steps)
    const live = run(evs, (i) => {
      const from = evs[i-1]?.receivedAtMs ?? 0, to = evs[i]!.receivedAtMs
      const ticks: number[] = []
      if (i > 0) for (let t = Math.ceil((from - phase)/1000)*1000 + phase; t <= to; t += 1000) ticks.push(t)
      return ticks
    })
    expect(run(evs, () => [])).toEqual(live)
    expect(live.facts.filter(f => f.kind === 'sessionClosed')).toHaveLength(1)
  }), { numRuns: 5000 })
})
