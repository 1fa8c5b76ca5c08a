/**
 * Largest difference between the system's clock and the monotonic clock that is followed: NTP corrects by less. A
 * larger one is a leap.
 */
export const followedMaxMs = 60_000

/** How long a leap has to last before it counts as a correction: an accident that is put right at once leaves no trace. */
export const leapTrustedAfterMs = 60_000

/** What happens to the system's clock. */
export type ClockEvent =
  /** It has leapt by `byMs`, which may be negative; its time is not used. */
  | { readonly kind: 'leapt'; readonly byMs: number }
  /** It has come back before the leap counted as a correction. */
  | { readonly kind: 'returned' }
  /** The leap has lasted: the calendar follows it, and sessions that begin now are dated by it. */
  | { readonly kind: 'corrected'; readonly byMs: number }

/**
 * The server's clock, in two parts:
 *
 * - **Log time** judges: time-outs, windows, batches, rates. It advances with the monotonic clock and never goes back, also
 *   over restarts. It follows differences of up to `followedMaxMs` of the system's clock: forwards at once, backwards by
 *   standing still for as long.
 * - **The calendar** dates: it is log time plus an offset, which is 0 until the system's clock is corrected by more than
 *   that. A session keeps the offset that it began by, so that no correction makes it older or younger.
 */
export interface ServerClock {
  /** Log time, epoch milliseconds. */
  readonly now: () => number
  /** What sessions that begin now add to log time, milliseconds. */
  readonly offsetMs: number
  /** The calendar, epoch milliseconds. */
  readonly calendarNow: () => number
  /** By how much the system's clock has leapt, while the leap is not trusted; negative: back. */
  readonly leapMs: number | undefined
  /** A leap that has lasted: a correction, once it is in the log. */
  readonly correctionMs: number | undefined
  /** The log has the correction: the calendar follows it. */
  correct(byMs: number): void
}

export interface ServerClockParts {
  /** The system's clock, epoch milliseconds. */
  readonly system: () => number
  /** A clock that goes on evenly, milliseconds since any moment. */
  readonly monotonic: () => number
  /** Log time does not begin before it: the last time in the log. */
  readonly floorMs: number
  /** The offset that the log has at its end. */
  readonly offsetMs: number
  readonly onEvent: (event: ClockEvent) => void
}

/**
 * At a start the system's clock is believed where it is ahead of the log: it cannot be told from the time that the
 * server was down. Where it is behind the log by more than `followedMaxMs`, that is a leap as any other.
 */
export function createServerClock(parts: ServerClockParts): ServerClock {
  const { system, monotonic, onEvent } = parts
  let offsetMs = parts.offsetMs
  let lastMs = Math.max(system() - offsetMs, parts.floorMs)
  /** Log time is this much ahead of the monotonic clock. */
  let aheadMs = lastMs - monotonic()
  let leap: { readonly byMs: number; readonly sinceMs: number } | undefined
  let hasLasted = false

  function follow(differenceMs: number): void {
    aheadMs += differenceMs
    if (leap === undefined) return
    leap = undefined
    hasLasted = false
    onEvent({ kind: 'returned' })
  }

  function hold(byMs: number, steadyMs: number): void {
    if (leap === undefined || Math.abs(byMs - leap.byMs) > followedMaxMs) {
      leap = { byMs, sinceMs: steadyMs }
      hasLasted = false
      onEvent({ kind: 'leapt', byMs })
    } else if (steadyMs - leap.sinceMs >= leapTrustedAfterMs) {
      hasLasted = true
    }
  }

  function now(): number {
    const steadyMs = monotonic()
    const differenceMs = Math.round(system() - offsetMs - (aheadMs + steadyMs))
    if (Math.abs(differenceMs) <= followedMaxMs) follow(differenceMs)
    else hold(differenceMs, steadyMs)
    lastMs = Math.max(lastMs, Math.round(aheadMs + steadyMs))
    return lastMs
  }

  return {
    now,
    get offsetMs() {
      return offsetMs
    },
    calendarNow: () => now() + offsetMs,
    get leapMs() {
      return leap?.byMs
    },
    get correctionMs() {
      return hasLasted ? leap?.byMs : undefined
    },
    correct(byMs) {
      leap = undefined
      hasLasted = false
      offsetMs += byMs
      onEvent({ kind: 'corrected', byMs })
    },
  }
}
