import { type PlayerApp, playerApps } from './playerApp.ts'
import type { Random } from './random.ts'

/** Somebody who watches, on one device: what stays the same from session to session. */
export interface Viewer {
  /** Experience Cloud id: 38 digits. */
  readonly id: string
  readonly player: PlayerApp
  readonly network: Network
  /** What the device's clock is ahead of true time, milliseconds; negative is behind. */
  readonly clockOffsetMs: number
  /** At which podcasts and books are heard; videos run at 1. */
  readonly audioSpeed: number
  readonly isSubscriber: boolean
  /** How easily bored: 1 is average, 2 twice as easily. */
  readonly restlessness: number
}

export interface Network {
  /** One way, half of all requests; most of the others are not far from it. Milliseconds. */
  readonly latencyMs: number
  readonly latencySpread: number
  /** Share of requests that the server gets twice. */
  readonly duplicateShare: number
  /** Play time from one rebuffering to the next, and to the loss of the connection that kills the player, milliseconds. */
  readonly rebufferEveryMs: number
  readonly crashEveryMs: number
  /** Bitrates the player changes between, kbps. */
  readonly bitrates: readonly number[]
  readonly weight: number
}

const minuteMs = 60_000

const networks: readonly Network[] = [
  network('fibre', 12, 0.4, 0.002, 120, 1_800, [4_500, 8_000], 6),
  network('cable', 28, 0.5, 0.004, 60, 1_200, [2_400, 4_500, 8_000], 5),
  network('mobile', 70, 0.8, 0.01, 18, 400, [400, 900, 1_800, 3_200], 5),
  network('train', 190, 0.9, 0.03, 6, 120, [200, 400, 900], 1),
]

export function createViewer(random: Random): Viewer {
  return {
    id: Array.from({ length: 38 }, () => random.whole(0, 9)).join(''),
    player: random.weighted(playerApps),
    network: random.weighted(networks),
    clockOffsetMs: clockOffset(random),
    audioSpeed: random.pick([1, 1, 1, 1.25, 1.5]),
    isSubscriber: random.chance(0.4),
    restlessness: random.logNormal(1, 0.5),
  }
}

/** Most clocks are right to a second; some are minutes off, a few were never set to the right hour. */
function clockOffset(random: Random): number {
  const sort = random.unit()
  const spanMs = sort < 0.85 ? 900 : sort < 0.97 ? 5 * minuteMs : 600 * minuteMs
  return Math.round(random.between(-spanMs, spanMs))
}

function network(
  _name: string,
  latencyMs: number,
  latencySpread: number,
  duplicateShare: number,
  rebufferEveryMin: number,
  crashEveryMin: number,
  bitrates: readonly number[],
  weight: number,
): Network {
  return {
    latencyMs,
    latencySpread,
    duplicateShare,
    rebufferEveryMs: rebufferEveryMin * minuteMs,
    crashEveryMs: crashEveryMin * minuteMs,
    bitrates,
    weight,
  }
}
