import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileRules, hostileSession, replayOf } from '@playhead/testing/sessions/hostileSession.ts'
import { eventOf, type Row, rules, startMs } from '@playhead/testing/sessions/script.ts'
import { sessionRows } from '../projection/archive/sessionRows.ts'
import {
  type Fact,
  listed,
  type MediaEvent,
  type Replayed,
  type SessionRules,
  summarise,
} from '@playhead/engine'
import { explain, type Explanation, type Interval } from './explain.ts'

const keepsLedger: SessionRules = { ...hostileRules, keepsLedger: true }

function replayed(events: readonly MediaEvent[], isOpen: boolean, by = keepsLedger): Replayed {
  const result = replayOf(events, by, isOpen)
  if (result === undefined) throw new Error('there is no start')
  return result
}

function explained(made: Replayed): Explanation {
  return explain(made, sessionRows(made).session)
}

/** Runs a property on hostile sessions, closed ones and open ones. */
function forAll(property: (events: readonly MediaEvent[], isOpen: boolean) => void): void {
  fc.assert(fc.property(hostileSession, fc.boolean(), property), { numRuns: 1000 })
}

describe('of any session', () => {
  test('the sum of the explained intervals is the metric', () => {
    forAll((events, isOpen) => {
      const made = replayed(events, isOpen)
      const { metrics } = summarise(made.state)
      const { durations, states, isOfReported, ...parts } = explained(made)
      expect(isOfReported).toBe(true)
      for (const [metric, { ms }] of Object.entries(durations)) {
        if (metric !== 'adTimeSpent')
          expect([metric, ms]).toEqual([metric, metrics[metric as keyof typeof metrics]])
      }
      expect(states.map(({ name, ms }) => [name, ms])).toEqual(
        made.state.states.map(({ name, timeMs }) => [name, timeMs]),
      )
      const { ads, chapters } = sessionRows(made)
      expect(parts.ads.map(({ ordinal, timeSpent }) => [ordinal, timeSpent.ms])).toEqual(
        ads.map((row) => [row['ordinal'], row['ad_time_spent_ms']]),
      )
      expect(parts.chapters.map(({ ordinal, timeSpent }) => [ordinal, timeSpent.ms])).toEqual(
        chapters.map((row) => [row['ordinal'], row['chapter_time_spent_ms']]),
      )
      expect(sumOf(parts.ads.map(({ timeSpent }) => timeSpent))).toBe(durations.adTimeSpent.ms)
      for (const { ms, intervals } of [
        ...sumsOf(durations),
        ...states,
        ...parts.ads.map((ad) => ad.timeSpent),
      ]) {
        expect(sumOf(intervals)).toBe(ms)
        for (const interval of intervals) expect(interval.toTs - interval.fromTs).toBe(interval.ms)
      }
    })
  })

  test('the union of what was watched between events is unique time, and each stretch of it', () => {
    forAll((events, isOpen) => {
      const { ms, stretches } = explained(replayed(events, isOpen)).durations.uniqueTimePlayed
      expect(unionMs(stretches.flatMap(({ viewings }) => viewings))).toBe(ms)
      for (const { viewings, ...stretch } of stretches) expect(unionMs(viewings)).toBe(stretch.ms)
    })
  })

  test('no moment is attributed twice', () => {
    forAll((events, isOpen) => {
      const made = replayed(events, isOpen)
      const attributedMs = new Map<number, number>()
      for (const { step, ms } of listed(made.state.ledger?.bookings)) {
        const sum = (attributedMs.get(step.ordinal) ?? 0) + ms
        attributedMs.set(step.ordinal, sum)
        expect(sum).toBeLessThanOrEqual(Math.max(0, step.toTsMs - step.fromTsMs))
      }
    })
  })

  test('intervals lie apart from each other, where the device’s clock runs on', () => {
    forAll((arrived, isOpen) => {
      const events = arrived.map((event) => ({ ...event, tsMs: event.receivedAtMs }))
      const intervals = sumsOf(explained(replayed(events, isOpen)).durations).flatMap((sum) => sum.intervals)
      const inOrder = intervals.toSorted((a, b) => a.fromTs - b.fromTs || a.toTs - b.toTs)
      for (const [index, { toTs }] of inOrder.entries()) {
        expect(toTs).toBeLessThanOrEqual(inOrder[index + 1]?.fromTs ?? toTs)
      }
    })
  })

  test('as many events are named as were counted, and one for each flag', () => {
    forAll((events, isOpen) => {
      const made = replayed(events, isOpen)
      const { metrics } = summarise(made.state)
      const { causes, ads, chapters } = explained(made)
      for (const metric of [
        'pauseEvents',
        'bufferEvents',
        'stallEvents',
        'errorEvents',
        'bitrateChanges',
      ] as const) {
        expect([metric, causes[metric]?.length ?? 0]).toEqual([metric, metrics[metric]])
      }
      for (const metric of [
        'contentStarts',
        'contentCompletes',
        'progress10',
        'progress95',
        'stallImpactedStreams',
      ] as const) {
        expect([metric, causes[metric]?.length ?? 0]).toEqual([metric, Number(metrics[metric])])
      }
      expect(ads.map(({ startSeq }) => startSeq)).toEqual(causes.adCount ?? [])
      expect(chapters.map(({ startSeq }) => startSeq)).toEqual(causes.chapterCount ?? [])
    })
  })

  test('there is a moment after each event that was applied, and time is attributed or undecided', () => {
    forAll((events, isOpen) => {
      const made = replayed(events, isOpen)
      const { moments } = explained(made)
      expect(moments).toHaveLength(made.state.eventCount)
      for (const [index, { totals }] of moments.entries()) {
        const before = moments[index - 1]?.totals
        expect(sumOfTotals(totals)).toBeGreaterThanOrEqual(before ? sumOfTotals(before) : 0)
      }
    })
  })

  test('a ledger changes nothing', () => {
    forAll((events, isOpen) => {
      const [kept, not] = [replayed(events, isOpen), replayed(events, isOpen, hostileRules)]
      expect(not.state.ledger).toBeUndefined()
      expect(kept.facts.map(withoutLedger)).toEqual(not.facts)
      expect(kept.warnings).toEqual(not.warnings)
      expect({ ...kept.state, ledger: undefined }).toEqual(not.state)
    })
  })
})

function withoutLedger(fact: Fact): Fact {
  if (fact.kind !== 'sessionStarted' && fact.kind !== 'sessionClosed') return fact
  return { ...fact, session: { ...fact.session, state: { ...fact.session.state, ledger: undefined } } }
}

function sumsOf({ contentTimeSpent, adTimeSpent, ...others }: Explanation['durations']) {
  const { totalPauseDuration, totalBufferDuration, totalStallDuration } = others
  return [contentTimeSpent, adTimeSpent, totalPauseDuration, totalBufferDuration, totalStallDuration]
}

function sumOfTotals(totals: Explanation['moments'][number]['totals']): number {
  return Object.values(totals).reduce((sum, ms) => sum + ms, 0)
}

/** What these stretches of the content cover together. */
function unionMs(
  stretches: readonly { readonly fromPlayhead: number; readonly toPlayhead: number }[],
): number {
  let [coveredMs, endMs] = [0, 0]
  for (const { fromPlayhead, toPlayhead } of stretches.toSorted((a, b) => a.fromPlayhead - b.fromPlayhead)) {
    const [fromMs, toMs] = [Math.round(fromPlayhead * 1000), Math.round(toPlayhead * 1000)]
    coveredMs += Math.max(0, toMs - Math.max(fromMs, endMs))
    endMs = Math.max(endMs, toMs)
  }
  return coveredMs
}

function sumOf(parts: readonly { readonly ms: number }[]): number {
  return parts.reduce((sum, { ms }) => sum + ms, 0)
}

describe('an explanation', () => {
  function explanationOf(...rows: readonly Row[]): Explanation {
    const events = [[0, 0, 'sessionStart'] as const, ...rows].map((row, index) => eventOf(row, index + 1))
    return explained(replayed(events, false, { ...rules, keepsLedger: true }))
  }

  /** Seconds since the start, from and to, and the events. */
  function table(intervals: readonly Interval[]): string[] {
    return intervals.map(
      ({ fromSeq, toSeq, fromTs, toTs }) =>
        `${(fromTs - startMs) / 1000}–${(toTs - startMs) / 1000} (${fromSeq}–${toSeq})`,
    )
  }

  function viewed(fromPlayhead: number, toPlayhead: number) {
    return { fromPlayhead, toPlayhead }
  }

  test('puts what goes on without a break into one interval', () => {
    const { durations } = explanationOf(
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [20, 20, 'pauseStart'],
      [25, 20, 'play'],
      [35, 30, 'ping'],
    )
    expect(table(durations.contentTimeSpent.intervals)).toEqual(['0–20 (2–4)', '25–35 (5–6)'])
    expect(table(durations.totalPauseDuration.intervals)).toEqual(['20–25 (4–5)'])
  })

  test('shows a stall that was found after the fact, and the part of its last step that was played', () => {
    const { durations, causes } = explanationOf(
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [20, 10, 'ping'],
      [30, 10, 'ping'],
      [40, 14, 'ping'],
    )
    expect(table(durations.contentTimeSpent.intervals)).toEqual(['0–10 (2–3)', '36–40 (5–6)'])
    expect(table(durations.totalStallDuration.intervals)).toEqual(['10–36 (3–6)'])
    expect(causes.stallEvents).toEqual([5])
  })

  test('gives time that was held back to the chapter it was in', () => {
    const { chapters, durations } = explanationOf(
      [0, 0, 'play'],
      [0, 0, 'chapterStart'],
      [10, 10, 'ping'],
      [20, 10, 'chapterComplete'],
      [25, 15, 'ping'],
    )
    expect(chapters).toMatchObject([{ ordinal: 1, startSeq: 3, endSeq: 5, timeSpent: { ms: 20_000 } }])
    expect(durations.contentTimeSpent.ms).toBe(25_000)
  })

  test('names the stretches of the content that were watched', () => {
    const { durations } = explanationOf([0, 0, 'play'], [10, 10, 'ping'], [20, 60, 'ping'])
    expect(durations.uniqueTimePlayed).toEqual({
      ms: 20_000,
      stretches: [
        { ...viewed(0, 10), ms: 10_000, viewings: [{ fromSeq: 2, toSeq: 3, ...viewed(0, 10) }] },
        { ...viewed(50, 60), ms: 10_000, viewings: [{ fromSeq: 3, toSeq: 4, ...viewed(50, 60) }] },
      ],
    })
  })

  test('names the events that each stretch was watched between, and those between which it was seen again', () => {
    const { durations } = explanationOf(
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [20, 20, 'pauseStart'],
      [21, 5, 'play'],
      [31, 15, 'ping'],
      [41, 25, 'ping'],
    )
    expect(durations.uniqueTimePlayed.stretches).toEqual([
      {
        ...viewed(0, 25),
        ms: 25_000,
        viewings: [
          { fromSeq: 2, toSeq: 4, ...viewed(0, 20) },
          { fromSeq: 5, toSeq: 7, ...viewed(5, 25) },
        ],
      },
    ])
  })

  test('shows what was going on after each event, in the order of their happening', () => {
    const { moments } = explanationOf(
      [0, 0, 'play'],
      [10, 10, 'ping'],
      [20, 10, 'ping'],
      [30, 10, 'ping'],
      [32, 10, 'pauseStart'],
    )
    const seconds = ({ totals }: (typeof moments)[number]) => [
      totals.content / 1000,
      totals.undecided / 1000,
      totals.stall / 1000,
    ]
    expect(
      moments.map((moment) => [moment.seq, moment.content, moment.playhead, ...seconds(moment)]),
    ).toEqual([
      [1, 'init', 0, 0, 0, 0],
      [2, 'playing', 0, 0, 0, 0],
      [3, 'playing', 10, 10, 0, 0],
      [4, 'playing', 10, 10, 10, 0],
      [5, 'playing', 10, 10, 0, 20],
      [6, 'paused', 10, 10, 0, 22],
    ])
  })

  test('says so when it is not of what is reported', () => {
    const made = replayed([eventOf([0, 0, 'sessionStart'], 1), eventOf([1, 0, 'play'], 2)], false)
    const { session } = sessionRows(made)
    expect(explain(made, { ...session, pause_events: 1 }).isOfReported).toBe(false)
  })
})
