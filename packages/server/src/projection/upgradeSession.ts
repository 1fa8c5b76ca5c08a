import { type Deliveries, type Life, noDeliveries, remember } from '@playhead/engine'
import type { OpenSession } from './checkpoint.ts'

/**
 * What makes an open session of the next format, by the format it has: an upgrade takes none of them away. A released
 * step is never changed.
 */
const steps: Readonly<Record<number, (session: OpenSession) => OpenSession>> = {
  // When the time was played that is in the totals already, nobody wrote down; `reprocess` finds it in the archive.
  1: (session) => ({ ...session, state: { ...session.state, contentPlayed: [], adPlayed: [] } }),
  // The last deliveries were one list, and when the last one came that was applied was not kept.
  2: (session) => {
    const { recent } = session.state as unknown as { readonly recent: Deliveries['newer'] }
    const lastArrivedAtMs = session.state.life.lastEventAtMs
    return {
      ...session,
      state: { ...session.state, recent: recent.reduce(remember, noDeliveries), lastArrivedAtMs },
    }
  },
  // How far the device's clock was ahead is known of the start and the latest event alone; what opened an ad is not.
  3: (session) => {
    const { latestTsMs } = session.state
    const life = session.state.life as unknown as OldLife
    const clockAheadMs = Math.max(life.startTsMs - life.startedAtMs, latestTsMs - life.lastEventAtMs)
    return { ...session, state: { ...session.state, openers: {}, clockAheadMs } }
  },
  // Segments were of five minutes.
  4: (session) => ({ ...session, state: { ...session.state, segmentMinutes: 5 } }),
  // Warnings were not counted, and most sessions have none. Clocks that jump were taken at their word; what they have done
  // so far is left as it is. All sessions lived by the log's clock.
  5: (session) => {
    const { state } = session
    const { startTsMs, ...life } = state.life as unknown as OldLife
    const latestTsMs = Math.max(state.latestTsMs, ...state.waiting.map(({ tsMs }) => tsMs))
    const clock = {
      startTsMs,
      shiftMs: 0,
      latestTsMs,
      hasEvents: state.eventCount > 1,
      behindTsMs: undefined,
    }
    const times = {
      latestArrivedAtMs: Math.max(life.startedAtMs, state.lastArrivedAtMs),
      elapsedMs: Math.max(
        0,
        Math.min(state.lastArrivedAtMs - life.startedAtMs, state.latestTsMs - startTsMs),
      ),
      excessMs: 0,
    }
    const ad = state.ad && { ...state.ad, overrunFromMs: undefined, isOverrun: false }
    const playhead = { ad, isInAds: ad !== undefined, hasPosition: true }
    return {
      ...session,
      warningsKept: 0,
      clockOffsetMs: 0,
      state: { ...state, ...times, ...playhead, life: { ...life, clock } },
    }
  },
}

/** Before format 6 the start's `ts` was all that was known of the clock. */
type OldLife = Omit<Life, 'clock'> & { readonly startTsMs: number }

/** An open session as this version keeps it, from a checkpoint of an older format or of the present one. */
export function upgradeSession(session: OpenSession, format: number): OpenSession {
  const step = steps[format]
  return step === undefined ? session : upgradeSession(step(session), format + 1)
}
