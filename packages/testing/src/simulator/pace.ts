import { setTimeout as wait } from 'node:timers/promises'
import type { FleetArrival } from './fleet.ts'

export interface Pace {
  /** Hand each on when its time has come, instead of at once. */
  readonly isLive: boolean
  /** Per second, at most. */
  readonly rateMax: number
  /** Ends it early. */
  readonly signal: AbortSignal
}

/** Waits shorter than this are left out and made up for later, milliseconds. */
const waitMinMs = 5

/** Hand arrivals on in their order, not faster than allowed. What is yet to come of a past is left to the future. */
export async function* pace(
  arrivals: Iterable<FleetArrival>,
  { isLive, rateMax, signal }: Pace,
): AsyncGenerator<FleetArrival> {
  const beganMs = Date.now()
  let nextMs = beganMs
  for (const arrival of arrivals) {
    if (!isLive && arrival.atMs > beganMs) return
    nextMs = Math.max(nextMs + 1000 / rateMax, isLive ? arrival.atMs : 0)
    const forMs = nextMs - Date.now()
    if (forMs > waitMinMs) await wait(forMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    yield arrival
  }
}
