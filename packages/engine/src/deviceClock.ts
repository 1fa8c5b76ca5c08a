import type { SessionRules } from './rules.ts'

/**
 * What is known of a device's clock from the events that have arrived. Devices set their clocks while sessions run: one
 * that was set back must neither end the session nor take its events away (rule J-3). The gate and the engine keep it alike.
 */
export interface DeviceClock {
  /** `ts` of the session's start: events older than it belong to an earlier playback. */
  readonly startTsMs: number
  /** Added to each `ts`: what the clock was set back by so far, milliseconds. */
  readonly shiftMs: number
  /** The highest `ts` of the events that were taken, so corrected. */
  readonly latestTsMs: number
  /** Whether an event was taken besides the start. */
  readonly hasEvents: boolean
  /** The `ts` of the last arrival as it was sent, if it lay behind. */
  readonly behindTsMs: number | undefined
}

/**
 * A device's clock further off than this, or that jumps so far, is warned of, milliseconds. A start may well have waited a
 * minute in a queue.
 */
export const clockOffsetMaxMs = 300_000

/** How the time of an event is read when it arrives. */
export interface Reading {
  /** By the session's clock. */
  readonly tsMs: number
  /** The event is older than its session's start, and the clock seems right: it belongs to an earlier playback. */
  readonly isStale: boolean
  /** What the device's clock was found to have been set back by, milliseconds. */
  readonly setBackMs: number
  /** The clock after this event, if the event is taken or stale. */
  readonly clock: DeviceClock
}

interface Timed {
  readonly type: string
  readonly tsMs: number
  readonly receivedAtMs: number
}

export function startClock(startTsMs: number): DeviceClock {
  return { startTsMs, shiftMs: 0, latestTsMs: startTsMs, hasEvents: false, behindTsMs: undefined }
}

/**
 * Read the time of an event in the order of arrival. An event that lies far behind is a straggler, or the clock was set
 * back: so it is when nothing had arrived for longer than stragglers take, when the next one lies behind too, or when it
 * is the end of this session, for no next one follows. Then as much time passed as between the two arrivals.
 *
 * @param lastTakenAtMs arrival of the last event that was taken
 */
export function readTime(
  clock: DeviceClock,
  { type, tsMs, receivedAtMs }: Timed,
  lastTakenAtMs: number,
  { timeouts, reorderWindowMs }: Pick<SessionRules, 'timeouts' | 'reorderWindowMs'>,
): Reading {
  const { startTsMs, shiftMs, latestTsMs, hasEvents, behindTsMs } = clock
  const readTsMs = tsMs + shiftMs
  const isBeforeStart = readTsMs < startTsMs
  if (!isBeforeStart && readTsMs >= latestTsMs - timeouts.idleMs) {
    const latest = Math.max(latestTsMs, readTsMs)
    return { tsMs: readTsMs, isStale: false, setBackMs: 0, clock: taken(startTsMs, shiftMs, latest) }
  }
  const isSecond = behindTsMs !== undefined && behindTsMs !== tsMs
  // Applied as late, an end would take away what still waits from before it.
  const isEnd = type === 'sessionEnd' && !isBeforeStart
  const isNoStraggler = isSecond || isEnd || receivedAtMs - lastTakenAtMs > reorderWindowMs
  // A connector may carry the end of the last playback into the next session.
  const isCarriedOver = isBeforeStart && !hasEvents && (type === 'sessionEnd' || type === 'sessionComplete')
  if (isNoStraggler && !isCarriedOver) {
    const nowTsMs = latestTsMs + Math.max(0, receivedAtMs - lastTakenAtMs)
    const setBackMs = nowTsMs - readTsMs
    return {
      tsMs: nowTsMs,
      isStale: false,
      setBackMs,
      clock: taken(startTsMs, shiftMs + setBackMs, nowTsMs),
    }
  }
  return {
    tsMs: readTsMs,
    isStale: isBeforeStart,
    setBackMs: 0,
    clock: { ...clock, hasEvents: hasEvents || !isBeforeStart, behindTsMs: tsMs },
  }
}

function taken(startTsMs: number, shiftMs: number, latestTsMs: number): DeviceClock {
  return { startTsMs, shiftMs, latestTsMs, hasEvents: true, behindTsMs: undefined }
}
