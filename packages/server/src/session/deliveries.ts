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
}

/** Deliveries remembered to know a repeated one by, in order of arrival: more than any client repeats or keeps in flight. */
const deliveriesMax = 32

export const noDeliveries: Deliveries = { newer: [], older: [] }

export function remember({ newer, older }: Deliveries, { tsMs, fingerprint }: MediaEvent): Deliveries {
  const delivery = { tsMs, fingerprint }
  return newer.length < deliveriesMax
    ? { newer: [...newer, delivery], older }
    : { newer: [delivery], older: newer }
}

/**
 * Whether an event has been delivered before: equal bodies with equal `ts`. A player that really does the same thing
 * twice within a millisecond, with something else in between, loses the second one; a player that repeats what it got no
 * answer to is far more likely.
 */
export function isRepeated({ newer, older }: Deliveries, event: MediaEvent): boolean {
  const isSame = ({ tsMs, fingerprint }: Delivery): boolean =>
    tsMs === event.tsMs && fingerprint === event.fingerprint
  // As many of the older ones have grown too old as there are newer ones.
  return newer.some(isSame) || older.some((delivery, index) => index >= newer.length && isSame(delivery))
}
