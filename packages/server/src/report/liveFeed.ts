import type { LiveNow } from '@playhead/protocol'
import type { Tally } from '../ingest/tally.ts'
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
  readonly onNow: (now: LiveNow) => void
  /** There will be no more. */
  readonly onEnd: () => void
}

export function createLiveFeed({ sessions, tally }: LiveSource): LiveFeed {
  const listeners = new Set<LiveListener>()
  let timer: NodeJS.Timeout | undefined
  let before = { ...tally, atMs: Date.now() }

  function look(): LiveNow {
    const atMs = Date.now()
    const seconds = Math.max((atMs - before.atMs) / 1000, 0.001)
    const perSecond = (count: 'acknowledged' | 'refused'): number =>
      Math.round(((tally[count] - before[count]) / seconds) * 10) / 10
    const now: LiveNow = {
      at: new Date(atMs).toISOString(),
      ...liveSessions(sessions()),
      eventsPerSecond: perSecond('acknowledged'),
      refusalsPerSecond: perSecond('refused'),
      refusals: tally.latestRefusals
        .slice(0, liveEntriesMax)
        .map(({ atMs: refusedAtMs, sid = null, faults, body }) => ({
          at: new Date(refusedAtMs).toISOString(),
          sid,
          faults: [...faults],
          body,
        })),
    }
    before = { ...tally, atMs }
    return now
  }

  function tick(): void {
    const now = look()
    for (const { onNow } of listeners) onNow(now)
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
        timer = setInterval(tick, tickIntervalMs).unref()
      }
      listeners.add(listener)
      listener.onNow(look())
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
