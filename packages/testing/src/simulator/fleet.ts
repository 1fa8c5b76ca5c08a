import type { CollectionEvent } from '@playhead/protocol'
import type { Arrival } from './deliver.ts'
import { createHeap } from './heap.ts'
import { durationOf } from './history.ts'
import { createRandom } from './random.ts'
import { liveSession, type SessionOptions } from './session.ts'
import { startTimes } from './startTimes.ts'
import { createViewer } from './viewer.ts'

export interface FleetOptions {
  readonly seed: number | string
  /** Viewings that begin; the sessions in which viewers go on later come on top. */
  readonly sessions: number
  /** Over which they are spread, as people are over a day; fractions are welcome. */
  readonly days: number
  /** From when on, true time, epoch milliseconds. */
  readonly startMs: number
  /** Different people, who come again and again. @default a third of the sessions, rounded up */
  readonly viewers?: number
}

/** A request as the server gets it, from one of many sessions. */
export interface FleetArrival {
  /** True time, epoch milliseconds. */
  readonly atMs: number
  readonly session: FleetSession
  readonly body: CollectionEvent
  /** Nothing more comes from this session. */
  readonly isLast: boolean
}

/** What `simulateSession` needs to give the session again, with its truth. */
export interface FleetSession {
  /** From 1, in the order of their starts. */
  readonly number: number
  readonly seed: string
  readonly options: SessionOptions
}

/**
 * The requests of many sessions in the order in which they arrive, made as they are asked for. Held in memory are the
 * sessions that go on at one time, and those yet to be resumed; nothing of those that are over.
 */
export function* simulateFleet(options: FleetOptions): Generator<FleetArrival> {
  const { seed, sessions, days, startMs } = options
  const viewers = options.viewers ?? Math.ceil(sessions / 3)
  const endMs = startMs + days * 86_400_000
  const random = createRandom(seed)
  const starts = startTimes(sessions, days, startMs, random.fork('starts'))
  const queue = createHeap<Begin | Next>()
  let number = 0

  /** A viewing that begins: somebody, something. */
  function planViewing(): void {
    const next = starts.next()
    if (next.done === true) return
    const viewer = createViewer(random.fork(`viewer ${random.whole(1, viewers)}`))
    queue.push(next.value, { kind: 'begin', isViewing: true, options: { startMs: next.value, viewer } })
  }

  function begin({ isViewing, options: chosen }: Begin): void {
    number += 1
    const session = { number, seed: `${seed}/${number}`, options: chosen }
    const { history, arrivals } = liveSession(session.seed, chosen)
    take({ kind: 'next', session, arrivals })
    if (isViewing) planViewing()
    const { viewer, content, sequel } = history
    if (sequel === undefined) return
    const resumedMs = history.startMs + durationOf(history) + sequel.afterMs
    if (resumedMs >= endMs) return
    const resumed = { startMs: resumedMs, viewer, content, fromPositionMs: sequel.positionMs }
    queue.push(resumedMs, { kind: 'begin', isViewing: false, options: resumed })
  }

  /** Queue the session's next arrival; false: there is none. */
  function take(next: Omit<Next, 'arrival'>): boolean {
    const { done, value } = next.arrivals.next()
    if (done !== true) queue.push(value.atMs, { ...next, arrival: value })
    return done !== true
  }

  planViewing()
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    const { item } = first
    if (item.kind === 'begin') begin(item)
    else {
      const isLast = !take(item)
      yield { ...item.arrival, session: item.session, isLast }
    }
  }
}

interface Begin {
  readonly kind: 'begin'
  readonly isViewing: boolean
  readonly options: SessionOptions & { readonly startMs: number }
}

interface Next {
  readonly kind: 'next'
  readonly session: FleetSession
  readonly arrivals: ReturnType<typeof liveSession>['arrivals']
  readonly arrival: Arrival
}
