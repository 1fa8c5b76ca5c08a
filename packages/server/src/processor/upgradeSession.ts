import { type Deliveries, noDeliveries, remember } from '../session/deliveries.ts'
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
    const { life, latestTsMs } = session.state
    const clockAheadMs = Math.max(life.startTsMs - life.startedAtMs, latestTsMs - life.lastEventAtMs)
    return { ...session, state: { ...session.state, openers: {}, clockAheadMs } }
  },
  // Segments were of five minutes.
  4: (session) => ({ ...session, state: { ...session.state, segmentMinutes: 5 } }),
  // Warnings were not counted, and most sessions have none.
  5: (session) => ({ ...session, warnings: 0 }),
}

/** An open session as this version keeps it, from a checkpoint of an older format or of the present one. */
export function upgradeSession(session: OpenSession, format: number): OpenSession {
  const step = steps[format]
  return step === undefined ? session : upgradeSession(step(session), format + 1)
}
