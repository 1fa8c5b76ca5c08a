import type { MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/**
 * The time that an event adds to the session, milliseconds: what passed since the last event, by the device's clock;
 * nothing where it ran backwards. An event that came too late to be put into order lies before one that was booked
 * already: the next one is measured from the latest, or that time would count twice. Where the device's clock was set
 * back, all that follows lies before the latest, and is measured from its neighbour: then the two arrive as far apart
 * as they happened. Those that come in much faster were late together, and their time has been booked.
 */
export function stepMsOf(
  { lastTsMs, latestTsMs, lastArrivedAtMs }: SessionState,
  { tsMs, receivedAtMs }: MediaEvent,
): number {
  if (tsMs >= latestTsMs) return tsMs - latestTsMs
  const [passedMs, arrivedApartMs] = [tsMs - lastTsMs, receivedAtMs - lastArrivedAtMs]
  return arrivedApartMs < passedMs / 2 ? 0 : Math.max(0, Math.min(passedMs, arrivedApartMs))
}
