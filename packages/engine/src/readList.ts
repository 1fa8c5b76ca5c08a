import { tsMinMs } from '@playhead/protocol'
import { clockOffsetMaxMs } from './deviceClock.ts'
import { isRepeated, noDeliveries, remember } from './deliveries.ts'
import type { Timeouts } from './life.ts'
import type { MediaEvent } from './mediaEvent.ts'
import type { StartEvent } from './state.ts'

/** A list on one time line. */
export interface ReadList {
  readonly start: StartEvent
  readonly events: Iterable<MediaEvent>
  /** What was listed before already: it changes nothing, and says nothing about the clock. */
  readonly repeated: readonly MediaEvent[]
}

/**
 * Put the events of a downloaded list, the start first, on one time line: the device's last clock. A step that is longer
 * than a session stays open without an event, and a clock that falls back by a time-out, are jumps of the clock (rules
 * J-2, J-3): nothing passed, and what lies before the jump is moved up, or down, to what lies behind it. A list that ends
 * after its upload, or before there were such devices, is moved so that it ends with its upload. In steps, one for each event.
 *
 * @param uploadedAtMs arrival of the list, epoch milliseconds
 */
export function* readList(
  [start, events]: readonly [StartEvent, readonly MediaEvent[]],
  timeouts: Timeouts,
  uploadedAtMs: number,
): Generator<undefined, ReadList, void> {
  const { runs, repeated } = yield* runsOf(start, events, timeouts)
  const endMs = (runs.at(-1) ?? runs[0]).latestTsMs
  const isClockOff = endMs < tsMinMs || endMs > uploadedAtMs + clockOffsetMaxMs
  const isEndWrong = isClockOff || (runs.length > 1 && endMs > uploadedAtMs)
  if (runs.length === 1 && !isEndWrong) return { start, events: runs[0].events, repeated }
  let moveMs = isEndWrong ? uploadedAtMs - endMs : 0
  // Numbers of their own: to change a member of each of 100,000 runs takes 0.2 s.
  const moves = new Float64Array(runs.length)
  for (let nth = runs.length - 1; nth >= 0; nth -= 1) {
    moves[nth] = moveMs
    moveMs += runs[nth]?.jumpMs ?? 0
  }
  const opener = moved(start, moves[0] ?? 0)
  // How far it was off no step tells: the start does.
  const clockJumpMs = uploadedAtMs - endMs
  return {
    start: isClockOff ? { ...opener, clockJumpMs } : opener,
    events: movedEvents(runs, moves),
    repeated,
  }
}

/** One by one, as they are asked for: a long list is not copied in one go. */
function* movedEvents(runs: readonly Run[], moves: Float64Array): Generator<MediaEvent> {
  for (const [at, { events, jumpMs }] of runs.entries()) {
    const moveMs = moves[at] ?? 0
    for (const [nth, event] of events.entries()) {
      const isAfterJump = at > 0 && nth === 0
      yield isAfterJump ? { ...moved(event, moveMs), clockJumpMs: jumpMs } : moved(event, moveMs)
    }
  }
}

function moved<Event extends MediaEvent>(event: Event, byMs: number): Event {
  const tsMs = event.tsMs + byMs
  return { ...event, tsMs, receivedAtMs: tsMs }
}

/** Events between two jumps of the clock; the start is in the first run, and not among its events. */
interface Run {
  readonly events: MediaEvent[]
  /** What the clock jumped by right before the first of them, milliseconds. */
  readonly jumpMs: number
  latestTsMs: number
}

function* runsOf(
  start: MediaEvent,
  events: readonly MediaEvent[],
  timeouts: Timeouts,
): Generator<undefined, { runs: readonly [Run, ...Run[]]; repeated: readonly MediaEvent[] }, void> {
  const clock = new ListClock(timeouts)
  clock.take(start)
  let recent = remember(noDeliveries, start)
  const repeated: MediaEvent[] = []
  let run: Run = { events: [], jumpMs: 0, latestTsMs: start.tsMs }
  const runs: [Run, ...Run[]] = [run]
  for (const event of events) {
    yield undefined
    if (isRepeated(recent, event)) {
      repeated.push(event)
      continue
    }
    recent = remember(recent, event)
    const jumpMs = clock.take(event)
    if (jumpMs !== 0) {
      run = { events: [], jumpMs, latestTsMs: event.tsMs }
      runs.push(run)
    }
    run.events.push(event)
    run.latestTsMs = clock.latestTsMs
  }
  return { runs, repeated }
}

/** Finds the jumps of a device's clock in the times of a list, one after the other. */
export class ListClock {
  /** The highest `ts` since the last jump. */
  latestTsMs = Number.NaN
  /** All jumps together: by so much the clock at the end is ahead of the one at the start. */
  jumpedMs = 0
  /** What is listed behind the end changes nothing, this neither. */
  #isEnded = false
  readonly #forwardsMs: number
  readonly #backwardsMs: number

  constructor({ idleMs, graceMs }: Timeouts) {
    this.#forwardsMs = idleMs + graceMs
    this.#backwardsMs = idleMs
  }

  /** What the clock jumped by right before the next event, milliseconds; mostly nothing. */
  take({ type, tsMs }: { readonly type: string; readonly tsMs: number }): number {
    if (this.#isEnded) return 0
    this.#isEnded = type === 'sessionEnd'
    const stepMs = tsMs - this.latestTsMs
    if (stepMs > this.#forwardsMs || stepMs < -this.#backwardsMs) {
      this.latestTsMs = tsMs
      this.jumpedMs += stepMs
      return stepMs
    }
    this.latestTsMs = stepMs < 0 ? this.latestTsMs : tsMs
    return 0
  }
}
