import type { CollectionEvent } from '@playhead/protocol'
import { catalogue } from './catalogue.ts'
import type { Content } from './content.ts'
import { type Arrival, deliver, type Delivered } from './deliver.ts'
import { durationOf, type History } from './history.ts'
import { playerEvents } from './playerEvents.ts'
import { createRandom } from './random.ts'
import { type ReportingAccuracy, reportingAccuracyOf } from './reportingAccuracy.ts'
import { type Truth, truthOf } from './truth.ts'
import { createViewer, type Viewer } from './viewer.ts'
import { watch } from './watch.ts'

/** What a seed would decide, decided. */
export interface SessionOptions {
  /** True time of the session's start, epoch milliseconds. @default Sunday, 15 June 2025, 15:06:40 UTC */
  readonly startMs?: number
  readonly viewer?: Viewer
  readonly content?: Content
  /** Where the viewer goes on with recorded content, milliseconds. @default 0, the beginning */
  readonly fromPositionMs?: number
}

export interface SimulatedSession {
  /** What the server gets, in the order in which it gets it. The first is the `sessionStart`. */
  readonly bodies: readonly { readonly atMs: number; readonly body: CollectionEvent }[]
  /** What really happened. */
  readonly truth: Truth
  /** As much of it as could be known from the events that got out. */
  readonly heard: Truth
  /** How closely this player told it: what `bounds.ts` reckons with. */
  readonly accuracy: ReportingAccuracy
}

const defaultStartMs = 1_750_000_000_000

/** One session, all of it; the same seed and options give the same. Arrivals are true time, epoch milliseconds. */
export function simulateSession(seed: number | string, options: SessionOptions = {}): SimulatedSession {
  const { history, arrivals } = liveSession(seed, options)
  const bodies: Arrival[] = []
  let step = arrivals.next()
  for (; step.done !== true; step = arrivals.next()) bodies.push(step.value)
  const { heardMs } = step.value
  return {
    bodies,
    truth: truthOf(history),
    heard: history.ending === 'silence' ? truthOf(history, heardMs) : truthOf(history),
    accuracy: reportingAccuracyOf(history, step.value),
  }
}

/** One session, its requests made one by one as they are asked for. */
export function liveSession(
  seed: number | string,
  options: SessionOptions = {},
): { readonly history: History; readonly arrivals: Generator<Arrival, Delivered> } {
  const random = createRandom(seed)
  const startMs = options.startMs ?? defaultStartMs
  const viewer = options.viewer ?? createViewer(random.fork('viewer'))
  const content = options.content ?? random.fork('content').weighted(catalogue)
  const viewing = { viewer, content, startMs, fromPositionMs: options.fromPositionMs ?? 0 }
  const history = watch(viewing, random.fork('history'))
  const { player, network } = viewer
  const diesAtMs = history.ending === 'silence' ? durationOf(history) : Number.POSITIVE_INFINITY
  const events = playerEvents(history, random.fork('timer'))
  return {
    history,
    arrivals: deliver(events, { player, network, startMs, diesAtMs }, random.fork('network')),
  }
}
