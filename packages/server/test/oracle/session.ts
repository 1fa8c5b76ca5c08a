import type { Body } from './readEvent.ts'

/** A generated session: everything that its player sends, from the `sessionStart` on. */
export interface Session {
  readonly sent: readonly Sent[]
  readonly isDownloaded: boolean
  readonly areSeekedMarkersSkipped: boolean
}

/** An event as its player sends it: how long it is under way, and whether it is delivered a second time. */
export interface Sent {
  readonly body: Body
  readonly delayMs: number
  /** How much later the same bytes are delivered a second time. */
  readonly againMs?: number
}

/** The device's clock when a session starts; the server's clock is ahead of it. */
export const startTs = 1_750_000_000_000
export const clockOffsetMs = 37_000
