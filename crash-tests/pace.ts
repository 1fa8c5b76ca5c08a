import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '@playhead/testing/simulator/random.ts'

/** Resolves when it is time for the next request. */
export type Pace = () => Promise<void>

/** Pauses of any length around a mean, as people make them. */
export function uneven(random: Random, meanMs: number): Pace {
  return () => wait(random.between(0, 2 * meanMs))
}

/** How much may be made up for when the machine was busy elsewhere, milliseconds. */
const arrearsMsMax = 2000

/** So many a second from all that share it, as far as they can. */
export function steady(perSecond: number): Pace {
  let nextAtMs = performance.now()
  return async () => {
    const nowMs = performance.now()
    nextAtMs = Math.max(nextAtMs, nowMs - arrearsMsMax) + 1000 / perSecond
    if (nextAtMs > nowMs) await wait(nextAtMs - nowMs)
  }
}
