import type { LiveNow } from '@playhead/protocol'
import { reportSuitesOf, type SessionState } from '@playhead/engine'
import type { Refusal, Tally } from '../ingest/tally.ts'
import { liveEntriesMax, liveSessions } from './live.ts'

/** Time between two messages of the live view. */
const tickIntervalMs = 1000

/** Listeners of the live view at once; each gets some kilobytes a second. */
export const liveListenersMax = 100

export interface LiveSource {
  /** The sessions that are open. */
  readonly sessions: () => Iterable<SessionState>
  readonly tally: Tally
  /** The server's calendar, epoch milliseconds. */
  readonly now: () => number
}

/** What is happening now, once a second, to whoever listens. Without listeners nothing is looked at. */
export interface LiveFeed {
  /** Hear of now, and then of every second; answers how to stop. `undefined` where there are too many listeners. */
  listen(listener: LiveListener): (() => void) | undefined
  close(): void
}

export interface LiveListener {
  /** Report suites that may be seen; `undefined`: all. How much there is of everything is for those who may see all. */
  readonly suites: readonly string[] | undefined
  readonly onNow: (now: LiveNow) => void
  /** There will be no more. */
  readonly onEnd: () => void
}

export function createLiveFeed({ sessions, tally, now: calendarNow }: LiveSource): LiveFeed {
  const listeners = new Set<LiveListener>()
  const looks = new Map<string, Promise<LiveNow>>()
  let isTicking = false
  let timer: NodeJS.Timeout | undefined
  let before = { ...tally, steadyMs: performance.now() }
  let rates: Rates = { eventsPerSecond: 0, refusalsPerSecond: 0 }

  /** How much came in since the tick before. */
  function ratesSince(steadyMs: number): Rates {
    const seconds = Math.max((steadyMs - before.steadyMs) / 1000, 0.001)
    const perSecond = (count: 'acknowledged' | 'refused'): number =>
      Math.round(((tally[count] - before[count]) / seconds) * 10) / 10
    return { eventsPerSecond: perSecond('acknowledged'), refusalsPerSecond: perSecond('refused') }
  }

  async function nowOf(suites: LiveListener['suites']): Promise<LiveNow> {
    const at = new Date(calendarNow()).toISOString()
    const refused = [...tally.latestRefusals]
    if (suites === undefined) {
      const figures = { ...rates, refusals: shown(refused) }
      return { at, ...(await liveSessions(sessions())), ...figures }
    }
    const sids = new Set<string>()
    const seen = await liveSessions(seenBy(suites, (sid) => sids.add(sid)))
    const refusals = refused.filter((refusal) =>
      refusal.sid === undefined ? hasAny(suites, refusal.suites) : sids.has(refusal.sid),
    )
    const noRates = { eventsPerSecond: null, refusalsPerSecond: null }
    return { at, ...seen, ...noRates, refusals: shown(refusals) }
  }

  function* seenBy(suites: readonly string[], onSeen: (sid: string) => void): Generator<SessionState> {
    for (const state of sessions()) {
      if (!hasAny(suites, reportSuitesOf(state.start.dimensions['analytics.reportSuite']))) continue
      onSeen(state.sid)
      yield state
    }
  }

  /** Those who may see the same, and look at the same moment, share one look. */
  function look(suites: LiveListener['suites']): Promise<LiveNow> {
    const key = JSON.stringify(suites ?? null)
    const known = looks.get(key)
    if (known !== undefined) return known
    const begun = nowOf(suites).finally(() => looks.delete(key))
    looks.set(key, begun)
    return begun
  }

  async function show(listener: LiveListener): Promise<void> {
    const now = await look(listener.suites)
    if (listeners.has(listener)) listener.onNow(now)
  }

  async function tick(): Promise<void> {
    if (isTicking) return
    isTicking = true
    const steadyMs = performance.now()
    rates = ratesSince(steadyMs)
    before = { ...tally, steadyMs }
    try {
      await Promise.all([...listeners].map(show))
    } finally {
      isTicking = false
    }
  }

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  return {
    listen(listener) {
      if (listeners.size >= liveListenersMax) return undefined
      if (listeners.size === 0) {
        before = { ...tally, steadyMs: performance.now() }
        rates = ratesSince(before.steadyMs)
        timer = setInterval(() => void tick(), tickIntervalMs).unref()
      }
      listeners.add(listener)
      // With the rates of the last tick: a look in between would take what came since then from the others.
      void show(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    close() {
      for (const { onEnd } of listeners) onEnd()
      listeners.clear()
      stop()
    },
  }
}

interface Rates {
  readonly eventsPerSecond: number
  readonly refusalsPerSecond: number
}

function shown(refusals: readonly Refusal[]): LiveNow['refusals'] {
  return refusals.slice(0, liveEntriesMax).map(({ atMs, sid = null, problems, body }) => ({
    at: new Date(atMs).toISOString(),
    sid,
    problems: [...problems],
    body,
  }))
}

function hasAny(suites: readonly string[], named: readonly string[]): boolean {
  return named.some((suite) => suites.includes(suite))
}
