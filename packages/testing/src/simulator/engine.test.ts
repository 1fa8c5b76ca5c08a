import { expect, test } from 'vitest'
import { fingerprintOf, normalise } from 'playhead/src/events/normalise.ts'
import { type Fact, passTime, receive, type SessionRules, type SessionState } from '@playhead/engine'
import {
  adBoundMs,
  bufferBoundMs,
  chapterBoundMs,
  contentBoundMs,
  pauseBoundMs,
  silenceBoundMs,
  stallBoundMs,
  stateBoundMs,
  uniqueBoundMs,
} from './bounds.ts'
import { type SimulatedSession, simulateSession } from './session.ts'
import type { PartTruth } from './truth.ts'

const sessions = 2_000

const rules: SessionRules = {
  timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
  reorderWindowMs: 5_000,
  areSeekedMarkersSkipped: false,
}

/** A figure that is not what it must be: as far from the truth as `boundMs` at most, or from `heard` to the truth. */
interface Miss {
  readonly seed: string
  readonly figure: string
  readonly reported: number
  readonly truth: number
  readonly boundMs?: number
  readonly heard?: number
}

test('the engine reports what really happened, as closely as the wire can tell', () => {
  const misses = Array.from({ length: sessions }, (_, nth) => `engine ${nth}`).flatMap(missesOf)
  expect(misses).toEqual([])
})

function missesOf(seed: string): Miss[] {
  const session = simulateSession(seed)
  const { truth, heard, accuracy } = session
  const facts = factsOf(session)
  const last = facts.at(-1)
  if (last?.kind !== 'sessionClosed') throw new Error(`${seed}: the session was not closed`)
  const { metrics, state } = last.session
  const ads = facts.flatMap((fact) => (fact.kind === 'adClosed' ? fact.ad : []))
  const chapters = facts
    .flatMap((fact) => (fact.kind === 'chapterClosed' ? fact.chapter : []))
    .toSorted((a, b) => a.ordinal - b.ordinal)

  const misses: Miss[] = []
  /** A duration: within its bound. */
  const near = (figure: string, reported: number, true_: number, boundMs: number): void => {
    if (Math.abs(reported - true_) > boundMs) misses.push({ seed, figure, reported, truth: true_, boundMs })
  }
  /** A count: exactly what happened, or of a session that fell silent, from what was heard of it to that. */
  const exact = (figure: string, reported: number, was: number, true_: number): void => {
    const isTold = Math.min(was, true_) <= reported && reported <= Math.max(was, true_)
    if (!isTold) misses.push({ seed, figure, reported, truth: true_, heard: was })
  }
  const parts = (name: string, reported: readonly Part[], true_: readonly PartTruth[], boundMs: number) => {
    for (const [nth, { timePlayedMs }] of reported.entries()) {
      near(`${name} ${nth + 1}`, timePlayedMs, true_[nth]?.timeMs ?? 0, boundMs)
    }
  }

  near('content', metrics.contentTimeSpent, truth.contentTimeMs, contentBoundMs(session))
  near('ads', metrics.mediaTimeSpent - metrics.contentTimeSpent, truth.adTimeMs, adBoundMs(session))
  near('pauses', metrics.totalPauseDuration, truth.pauseTimeMs, pauseBoundMs(session))
  near('buffering', metrics.totalBufferDuration, truth.bufferTimeMs, bufferBoundMs(session))
  near('stalls', metrics.totalStallDuration, truth.stallTimeMs, stallBoundMs(session))
  near('unique', metrics.uniqueTimePlayed, truth.uniqueTimeMs, uniqueBoundMs(session))
  near('unheard', truth.durationMs - accuracy.heardMs, 0, silenceBoundMs(session))
  parts('ad', ads, truth.ads, adBoundMs(session))
  parts('chapter', chapters, truth.chapters, chapterBoundMs(session))

  exact('ad count', metrics.adCount, heard.ads.length, truth.ads.length)
  exact('ad completes', completed(ads), completed(heard.ads), completed(truth.ads))
  exact('chapter count', metrics.chapterCount, heard.chapters.length, truth.chapters.length)
  exact('chapter completes', completed(chapters), completed(heard.chapters), completed(truth.chapters))
  exact('pause count', metrics.pauseEvents, heard.pauses, truth.pauses)
  exact('buffer count', metrics.bufferEvents, heard.buffers, truth.buffers)
  exact('completes', +metrics.contentCompletes, +heard.isCompleted, +truth.isCompleted)
  exact('starts', +metrics.contentStarts, +heard.isContentStarted, +truth.isContentStarted)
  exact('errors', metrics.errorEvents, heard.errors, truth.errors)
  exact('bitrate changes', metrics.bitrateChanges, heard.bitrateChanges, truth.bitrateChanges)
  exact('dropped frames', metrics.droppedFrames, heard.droppedFrames, truth.droppedFrames)
  exact('time to start', metrics.timeToStart, heard.timeToStartMs, truth.timeToStartMs)
  exact('state names', state.states.length, heard.states.length, truth.states.length)
  for (const { name, count, timeMs } of state.states) {
    const [was, true_] = [heard, truth].map(({ states }) => states.find((found) => found.name === name))
    exact(`${name} count`, count, was?.count ?? 0, true_?.count ?? 0)
    near(name, timeMs, true_?.timeMs ?? 0, stateBoundMs(session))
  }
  return misses
}

interface Part {
  readonly timePlayedMs: number
  readonly isCompleted: boolean
}

function completed(parts: readonly { readonly isCompleted: boolean }[]): number {
  return parts.filter(({ isCompleted }) => isCompleted).length
}

/** What the engine makes of a session's arrivals, and of the silence behind them. */
function factsOf({ bodies }: SimulatedSession): Fact[] {
  const facts: Fact[] = []
  let known: SessionState | undefined
  for (const [nth, { atMs, body: json }] of bodies.entries()) {
    const fingerprint = fingerprintOf(JSON.stringify(json))
    const event = normalise({ seq: nth + 1, receivedAtMs: atMs, fingerprint }, json)
    const outcome = receive(known, 'sid', event, rules)
    facts.push(...outcome.facts)
    known = outcome.state
  }
  const lastMs = bodies.at(-1)?.atMs ?? 0
  return known ? [...facts, ...passTime(known, lastMs + rules.timeouts.ageMs, rules).facts] : facts
}
