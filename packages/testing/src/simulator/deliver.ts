import type { CollectionEvent } from '@playhead/protocol'
import type { PlayerEvent } from './eventWriter.ts'
import type { PlayerApp } from './playerApp.ts'
import type { Random } from './random.ts'
import type { Network } from './viewer.ts'

/** A request as the server gets it. */
export interface Arrival {
  /** True time, epoch milliseconds. */
  readonly atMs: number
  readonly body: CollectionEvent
}

/** Between one player and the server. */
export interface Line {
  readonly player: PlayerApp
  readonly network: Network
  /** Of the session, epoch milliseconds. */
  readonly startMs: number
  /** Since the session's start, milliseconds; `Infinity` for a player that lives on and sends all. */
  readonly diesAtMs: number
}

/** What became of a session's events. */
export interface Delivered {
  /** Since the session's start: when the last event that got out had happened, milliseconds. */
  readonly heardMs: number
  /** Longest time that an event had to wait in the player before it could leave, milliseconds. */
  readonly waitMsMax: number
}

/**
 * Slower requests do not occur: an event is overtaken by eight others at most (three in flight, two more every
 * half second), so the server's window of ten events puts all of them right.
 */
const latencyMsMax = 1_900

/**
 * Send events through the network: they leave one after the other, none before the session is opened, as many at once
 * as the player allows; each takes its own time, so they may overtake each other. Of what happened at one `ts` the order
 * is kept. Whatever has not left when the player dies is lost.
 */
export function* deliver(
  events: Iterable<PlayerEvent>,
  { player, network, startMs, diesAtMs }: Line,
  random: Random,
): Generator<Arrival, Delivered> {
  const latencyMs = (): number =>
    1 + Math.round(Math.min(random.logNormal(network.latencyMs, network.latencySpread), latencyMsMax))
  const underWay: Arrival[] = []
  let slots: number[] = []
  let leftMs = startMs
  let last: Arrival | undefined
  let [heardMs, waitMsMax] = [0, 0]

  for (const { atMs: happenedMs, body } of events) {
    const atMs = startMs + happenedMs
    const isStart = last === undefined
    const readyMs = Math.max(atMs, leftMs, slots.length < player.inFlightMax ? 0 : Math.min(...slots))
    leftMs = isStart ? readyMs : startMs + nextTick(readyMs - startMs, player.sendTickMs)
    waitMsMax = Math.max(waitMsMax, leftMs - atMs)
    if (leftMs > startMs + diesAtMs) break
    heardMs = happenedMs

    // Whatever leaves now cannot arrive before these.
    for (let next = underWay[0]; next && next.atMs <= leftMs; next = underWay[0]) {
      yield next
      underWay.shift()
    }
    slots = slots.filter((freeMs) => freeMs > leftMs)

    const isSameMoment = last?.body.playerTime.ts === body.playerTime.ts
    const arrival = { atMs: Math.max(leftMs + latencyMs(), isSameMoment && last ? last.atMs : 0), body }
    const answeredMs = arrival.atMs + latencyMs()
    // Nothing can be sent to a session that has no id yet.
    if (isStart) slots = Array.from({ length: player.inFlightMax }, () => answeredMs)
    else slots.push(answeredMs)
    underWay.push(arrival)
    if (!isStart && random.chance(network.duplicateShare)) underWay.push({ ...arrival, atMs: answeredMs })
    if (underWay.length > 1) underWay.sort((a, b) => a.atMs - b.atMs)
    last = arrival
  }
  yield* underWay
  return { heardMs, waitMsMax }
}

function nextTick(ms: number, tickMs: number): number {
  return tickMs === 0 ? ms : Math.ceil(ms / tickMs) * tickMs
}
