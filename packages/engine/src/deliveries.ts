import type { MediaEvent } from './mediaEvent.ts'

/** What tells a repeated delivery of an event from a new one. */
interface Delivery {
  readonly tsMs: number
  readonly fingerprint: number
}

/**
 * The last deliveries of a session. In two parts, so that to remember one more copies the newer ones alone: this
 * happens for every event.
 */
export interface Deliveries {
  readonly newer: readonly Delivery[]
  readonly older: readonly Delivery[]
  /** The highest `ts` of all that were delivered: what lies behind it is none of them. */
  readonly latestTsMs: number
}

/** Deliveries remembered to know a repeated one by, in order of arrival: more than any client repeats or keeps in flight. */
const deliveriesMax = 32

export const noDeliveries: Deliveries = { newer: [], older: [], latestTsMs: 0 }

export function remember(
  { newer, older, latestTsMs: before }: Deliveries,
  { tsMs, fingerprint }: Delivery,
): Deliveries {
  const latestTsMs = Math.max(before, tsMs)
  const delivery = { tsMs, fingerprint }
  return newer.length < deliveriesMax
    ? { newer: newer.toSpliced(newer.length, 0, delivery), older, latestTsMs }
    : { newer: [delivery], older: newer, latestTsMs }
}

/**
 * Whether an event has been delivered before: equal bodies with equal `ts`. A player that really does the same thing
 * twice within a millisecond, with something else in between, loses the second one; a player that repeats what it got no
 * answer to is far more likely.
 */
export function isRepeated({ newer, older, latestTsMs }: Deliveries, event: MediaEvent): boolean {
  if (event.tsMs > latestTsMs) return false
  const isSame = ({ tsMs, fingerprint }: Delivery): boolean =>
    tsMs === event.tsMs && fingerprint === event.fingerprint
  // As many of the older ones have grown too old as there are newer ones.
  return newer.some(isSame) || older.some((delivery, index) => index >= newer.length && isSame(delivery))
}
