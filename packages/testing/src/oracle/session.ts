import type { Body } from './readEvent.ts'

/** A generated session: everything that its player sends, from the `sessionStart` on. */
export interface Session {
  readonly sent: readonly Sent[]
  readonly isDownloaded: boolean
  /** When a list comes in, after its last event was sent; before that, if the clock of the device is wrong. */
  readonly uploadedAfterMs: number
  readonly areSeekedMarkersSkipped: boolean
}

/** An event as its player sends it: when, how long it is under way, and whether it is delivered a second time. */
export interface Sent {
  readonly body: Body
  /** By a right clock, as far ahead of the server's as the device's is at the start. */
  readonly sentAtMs: number
  readonly delayMs: number
  /** How much later the same bytes are delivered a second time. */
  readonly againMs?: number
}

/** The device's clock when a session starts; the server's clock is ahead of it. */
export const startTs = 1_750_000_000_000
export const clockOffsetMs = 37_000
