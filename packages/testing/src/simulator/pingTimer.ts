import type { Span } from './history.ts'
import { type PlayerApp, throttledPingMs } from './playerApp.ts'
import type { Random } from './random.ts'

/** The player's timer. It runs from the session's start, whatever else is sent, in pauses too. */
export interface PingTimer {
  /** When the next ping is due while this span lasts; `Infinity` when there is none. Asking changes nothing. */
  dueMs(span: Span): number
  /** A ping was sent: the next one is due an interval later. */
  sent(atMs: number): void
}

export function startPingTimer(player: PlayerApp, random: Random): PingTimer {
  let lastMs = 0
  let lateMs = tickOf(player, random)
  return {
    // Overdue is possible: the interval may have become shorter, or the app may have slept.
    dueMs: (span) => Math.max(span.fromMs, lastMs + pingEveryMs(player, span) + lateMs),
    sent(atMs) {
      lastMs = atMs
      lateMs = tickOf(player, random)
    },
  }
}

/** From one ping to the next in this span, milliseconds. */
function pingEveryMs(player: PlayerApp, { sampling, ad }: Pick<Span, 'sampling' | 'ad'>): number {
  if (sampling === 'asleep') return Number.POSITIVE_INFINITY
  if (sampling === 'throttled') return throttledPingMs
  return ad === undefined ? player.pingMs : player.adPingMs
}

function tickOf({ timerTickMs }: PlayerApp, random: Random): number {
  return Math.round(random.between(0, timerTickMs))
}
