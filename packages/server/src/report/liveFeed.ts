import type { LiveNow } from '@playhead/protocol'
import { reportSuitesOf } from '../session/reportSuites.ts'
import type { Refusal, Tally } from '../ingest/tally.ts'
import type { SessionState } from '../session/state.ts'
import { liveEntriesMax, liveSessions } from './live.ts'

/** Time between two messages of the live view. */
const tickIntervalMs = 1000

/** Listeners of the live view at once; each gets some kilobytes a second. */
export const liveListenersMax = 100

export interface LiveSource {
  /** The sessions that are open. */
  readonly sessions: () => Iterable<SessionState>
  readonly tally: Tally
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

export function createLiveFeed({ sessions, tally }: LiveSource): LiveFeed {
  const listeners = new Set<LiveListener>()
  let timer: NodeJS.Timeout | undefined
  let before = { ...tally, atMs: Date.now() }
  let rates: Rates = { eventsPerSecond: 0, refusalsPerSecond: 0 }

  /** How much came in since the tick before. */
  function ratesSince(atMs: number): Rates {
    const seconds = Math.max((atMs - before.atMs) / 1000, 0.001)
    const perSecond = (count: 'acknowledged' | 'refused'): number =>
      Math.round(((tally[count] - before[count]) / seconds) * 10) / 10
    return { eventsPerSecond: perSecond('acknowledged'), refusalsPerSecond: perSecond('refused') }
  }

  function nowOf(atMs: number, suites: LiveListener['suites']): LiveNow {
    const at = new Date(atMs).toISOString()
    if (suites === undefined) {
      return { at, ...liveSessions(sessions()), ...rates, refusals: shown(tally.latestRefusals) }
    }
    const seen = [...sessions()].filter(({ start }) =>
      hasAny(suites, reportSuitesOf(start.dimensions['analytics.reportSuite'])),
    )
    const sids = new Set(seen.map(({ sid }) => sid))
    const refusals = tally.latestRefusals.filter((refusal) =>
      refusal.sid === undefined ? hasAny(suites, refusal.suites) : sids.has(refusal.sid),
    )
    const noRates = { eventsPerSecond: null, refusalsPerSecond: null }
    return { at, ...liveSessions(seen), ...noRates, refusals: shown(refusals) }
  }

  function tick(): void {
    const atMs = Date.now()
    rates = ratesSince(atMs)
    before = { ...tally, atMs }
    const nows = new Map<string, LiveNow>()
    for (const { suites, onNow } of listeners) {
      const key = JSON.stringify(suites ?? null)
      const now = nows.get(key) ?? nowOf(atMs, suites)
      nows.set(key, now)
      onNow(now)
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
        before = { ...tally, atMs: Date.now() }
        rates = ratesSince(before.atMs)
        timer = setInterval(tick, tickIntervalMs).unref()
      }
      listeners.add(listener)
      // With the rates of the last tick: a look in between would take what came since then from the others.
      listener.onNow(nowOf(Date.now(), listener.suites))
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
  return refusals.slice(0, liveEntriesMax).map(({ atMs, sid = null, faults, body }) => ({
    at: new Date(atMs).toISOString(),
    sid,
    faults: [...faults],
    body,
  }))
}

function hasAny(suites: readonly string[], named: readonly string[]): boolean {
  return named.some((suite) => suites.includes(suite))
}
