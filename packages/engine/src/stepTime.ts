import type { Timeouts } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/** The time between the last event that was applied and the next one, by the session's own clock. */
export interface StepTime {
  /** When the event happened, epoch milliseconds: the device's time less what was cut off before. */
  readonly tsMs: number
  readonly stepMs: number
  /** What was cut off of the step: the device's clock says it passed, but it cannot have. */
  readonly excessMs: number
}

/** What of a session its time is reckoned from. */
type Timed = Pick<
  SessionState,
  'lastTsMs' | 'latestTsMs' | 'lastArrivedAtMs' | 'latestArrivedAtMs' | 'elapsedMs' | 'excessMs' | 'life'
>

/**
 * The time that an event adds to its session. A step that nobody can have sat through is cut to what the server saw of it
 * (rule J-1), and all steps together last no longer than the server saw the session, give or take a time-out (rule J-4):
 * so no clock, and no player, makes a session longer than it was.
 */
export function stepTimeOf(state: Timed, event: MediaEvent, timeouts: Timeouts): StepTime {
  const { excessMs: cutBeforeMs, latestTsMs, lastTsMs } = state
  const readTsMs = event.tsMs - cutBeforeMs
  // Late, and from before a jump: what was cut off then is not for it.
  const isFromBeforeJump = cutBeforeMs > 0 && readTsMs < latestTsMs - timeouts.idleMs
  const tsMs = isFromBeforeJump ? lastTsMs : readTsMs
  const measuredMs = measure(state, tsMs, event.receivedAtMs)
  const stepMs = Math.min(measuredMs, longestOf(state, measuredMs, event, timeouts))
  const excessMs = measuredMs - stepMs
  return { tsMs: tsMs - excessMs, stepMs, excessMs }
}

function longestOf(
  { lastArrivedAtMs, latestArrivedAtMs, elapsedMs, life }: Timed,
  measuredMs: number,
  { receivedAtMs }: MediaEvent,
  { idleMs, graceMs, ageMs }: Timeouts,
): number {
  const spanMs = Math.max(latestArrivedAtMs, receivedAtMs) - life.startedAtMs
  const leftMs = Math.max(0, Math.min(spanMs + idleMs, ageMs + graceMs) - elapsedMs)
  if (measuredMs <= idleMs + graceMs) return leftMs
  return Math.min(leftMs, Math.max(0, receivedAtMs - lastArrivedAtMs))
}

/**
 * What passed since the last event, by the device's clock; nothing where it ran backwards. An event that came too late to
 * be put into order lies before one that was attributed already: the next one is measured from the latest, or that time would
 * count twice. Where the device's clock was set back by less than a time-out, all that follows lies before the latest,
 * and is measured from its neighbour: then the two arrive as far apart as they happened. Those that come in much
 * faster were late together, and their time has been attributed.
 */
function measure(
  { lastTsMs, latestTsMs, lastArrivedAtMs }: Timed,
  tsMs: number,
  receivedAtMs: number,
): number {
  if (tsMs >= latestTsMs) return tsMs - latestTsMs
  const [passedMs, arrivedApartMs] = [tsMs - lastTsMs, receivedAtMs - lastArrivedAtMs]
  return arrivedApartMs < passedMs / 2 ? 0 : Math.max(0, Math.min(passedMs, arrivedApartMs))
}
