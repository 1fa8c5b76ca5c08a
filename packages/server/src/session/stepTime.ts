import type { MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/**
 * The time that an event adds to the session, milliseconds: what passed since the last event, by the device's clock;
 * nothing where it ran backwards. An event that came too late to be put into order lies before one that was booked
 * already: the next one is measured from the latest, or that time would count twice. Where the device's clock was set
 * back, all that follows lies before the latest, and is measured from its neighbour.
 */
export function stepMsOf({ lastTsMs, latestTsMs }: SessionState, { tsMs }: MediaEvent): number {
  return Math.max(0, tsMs - (tsMs >= latestTsMs ? latestTsMs : lastTsMs))
}
