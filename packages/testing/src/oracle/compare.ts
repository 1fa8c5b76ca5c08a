import { fingerprintOf, normalise, normaliseDownload } from 'playhead/src/events/normalise.ts'
import {
  type Fact,
  passTime,
  receive,
  replayDownload,
  type SessionRules,
  type SessionState,
} from '@playhead/engine'
import { clockOffsetMs, type Session } from './session.ts'
import { consult, type Oracle } from './oracle.ts'
import { type Ordered, putInOrder, takeList } from './putInOrder.ts'
import type { Arrival } from './readEvent.ts'

/** A figure about which the engine and the oracle do not agree. */
export interface Difference {
  readonly of: string
  readonly engine: string
  readonly oracle: string
}

export interface Comparison {
  readonly ordered: Ordered
  readonly arrivals: readonly Arrival[]
  readonly differences: readonly Difference[]
}

const tickMs = 1000

/** Reckon a session both ways. */
export function compare(session: Session): Comparison {
  const arrivals = arrivalsOf(session)
  const ordered = session.isDownloaded ? takeList(arrivals, arrivals[0]!.atMs) : putInOrder(arrivals)
  const rules = rulesOf(session)
  const facts = session.isDownloaded ? runList(arrivals, rules) : runOnline(arrivals, rules)
  return { ordered, arrivals, differences: differencesOf(facts, consult(ordered, rules)) }
}

function rulesOf({ areSeekedMarkersSkipped }: Session): SessionRules {
  return {
    timeouts: { idleMs: 600_000, stillMs: 1_800_000, ageMs: 86_400_000, graceMs: 60_000 },
    reorderWindowMs: 5000,
    areSeekedMarkersSkipped,
  }
}

/** The figures that the engine has of a session in the end, and how it closed. */
export function resultsOf(session: Session): object {
  const arrivals = arrivalsOf(session)
  const rules = rulesOf(session)
  const facts = session.isDownloaded ? runList(arrivals, rules) : runOnline(arrivals, rules)
  const closed = facts.find((fact) => fact.kind === 'sessionClosed')!
  return {
    metrics: closed.session.metrics,
    close: closed.session.close,
    reports: facts.map(({ kind }) => kind),
  }
}

/** The bodies as they come in; a list comes in whole, in the order in which it was written. */
function arrivalsOf({ sent, isDownloaded, uploadedAfterMs }: Session): Arrival[] {
  const uploadedAtMs = sent.at(-1)!.sentAtMs + clockOffsetMs + uploadedAfterMs
  if (isDownloaded) return sent.map(({ body }) => ({ atMs: uploadedAtMs, body }))
  // Nothing is known of a session before its start has arrived.
  const known = sent.filter(({ sentAtMs, delayMs }) => sentAtMs + delayMs >= sent[0]!.sentAtMs)
  const arrivals = known.flatMap(({ body, sentAtMs, delayMs, againMs }) => {
    const atMs = sentAtMs + clockOffsetMs + delayMs
    const again = againMs === undefined ? [] : [{ atMs: atMs + againMs, body }]
    return [{ atMs, body }, ...again]
  })
  return arrivals.toSorted((a, b) => a.atMs - b.atMs)
}

/** The engine is told the time every second while something may wait, and once in the end. */
function runOnline(arrivals: readonly Arrival[], rules: SessionRules): Fact[] {
  const facts: Fact[] = []
  let state: SessionState | undefined
  const passUntil = (fromMs: number, toMs: number): void => {
    for (let nowMs = fromMs; nowMs < toMs && state?.waiting.length; nowMs += tickMs) pass(nowMs)
  }
  const pass = (nowMs: number): void => {
    if (!state) return
    const outcome = passTime(state, nowMs, rules)
    facts.push(...outcome.facts)
    state = outcome.state
  }
  for (const [i, { atMs, body }] of arrivals.entries()) {
    if (i > 0) passUntil(arrivals[i - 1]!.atMs + tickMs, atMs)
    if (i > 0 && !state) break
    const text = JSON.stringify(body)
    const stored = { seq: i + 1, receivedAtMs: atMs, fingerprint: fingerprintOf(text) }
    const outcome = receive(state, 'sid', normalise(stored, JSON.parse(text)), rules)
    facts.push(...outcome.facts)
    state = outcome.state
  }
  const lastMs = arrivals.at(-1)!.atMs
  passUntil(lastMs + tickMs, lastMs + 6 * tickMs)
  pass(lastMs + 2 * 86_400_000)
  return facts
}

function runList(arrivals: readonly Arrival[], rules: SessionRules): Fact[] {
  const [start, ...events] = normaliseDownload(arrivals.map(({ body }) => body))
  const list = [start.event, events.map(({ event }) => event)] as const
  return [...replayDownload('sid', list, rules, arrivals[0]!.atMs).facts]
}

function differencesOf(facts: readonly Fact[], oracle: Oracle): Difference[] {
  const closed = facts.filter((fact) => fact.kind === 'sessionClosed')
  const [summary] = closed.map(({ session }) => session)
  const adStarts = facts.flatMap((fact) => (fact.kind === 'adStarted' ? [fact.ad.startedTsMs] : []))
  const ads = facts.flatMap((fact) => (fact.kind === 'adClosed' ? [fact.ad] : []))
  const chapters = facts.flatMap((fact) => (fact.kind === 'chapterClosed' ? [fact.chapter] : []))
  const states = summary?.state.states.map(({ name, count, timeMs }) => ({ name, count, timeMs }))
  const metrics: Readonly<Record<string, unknown>> = summary ? { ...summary.metrics } : {}
  const names = new Set([...Object.keys(metrics), ...Object.keys(oracle.metrics)])
  return [
    difference('number of session closes', closed.length, 1),
    ...[...names].map((name) => difference(name, metrics[name], oracle.metrics[name])),
    difference(
      'ad starts',
      adStarts,
      oracle.ads.map(({ startedTsMs }) => startedTsMs),
    ),
    ...partDifferences('ad', ads, oracle.ads),
    ...partDifferences('chapter', chapters, oracle.chapters),
    difference('states', states, oracle.states),
    difference('close', summary?.close && { ...summary.close }, oracle.close),
  ].filter(({ engine, oracle: other }) => engine !== other)
}

type Reported = Oracle['ads'][number] & { readonly ordinal: number }

function partDifferences(of: string, reported: readonly Reported[], parts: Oracle['ads']): Difference[] {
  const inOrder = reported.toSorted((a, b) => a.ordinal - b.ordinal)
  return Array.from({ length: Math.max(inOrder.length, parts.length) }, (_, i) => {
    const { ordinal, startedTsMs, closedTsMs, timePlayedMs, isCompleted } = inOrder[i] ?? {}
    return difference(
      `${of} ${i + 1}`,
      { startedTsMs, closedTsMs, timePlayedMs, isCompleted, ordinal },
      { ...parts[i], ordinal: i + 1 },
    )
  })
}

function difference(of: string, engine: unknown, oracle: unknown): Difference {
  return { of, engine: textOf(engine), oracle: textOf(oracle) }
}

/** The same value, the same text, whatever the order of its members. */
function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return members.map(([key, member]) => `${key} ${textOf(member)}`).join(', ')
  }
  return Array.isArray(value) ? `[${value.map(textOf).join('; ')}]` : String(value)
}
