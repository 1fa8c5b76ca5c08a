import type { AdBreak, MediaEvent } from './mediaEvent.ts'
import type { SessionState } from './state.ts'

/** Events of one instant that are gathered in one step. */
const gatheredPerStepMax = 1000

/**
 * Put events in the order that nests where they happened at one instant; they come by their times, those of one instant by
 * their arrival.
 *
 * In steps: now and then there is no event yet.
 *
 * @param state the one that the events so far have led to; none once the session is closed
 * @param isOfInstant whether an event happened at the instant of those before it
 */
export function* inNestingOrder(
  events: Iterable<MediaEvent>,
  state: () => Open | undefined,
  isOfInstant: (event: MediaEvent, tsMs: number) => boolean = (event, tsMs) => event.tsMs === tsMs,
): Generator<MediaEvent | undefined, void, void> {
  let instant: MediaEvent[] = []
  for (const event of events) {
    const [first] = instant
    if (first && !isOfInstant(event, first.tsMs)) {
      yield* nested(instant, state)
      instant = []
    }
    instant.push(event)
    if (instant.length % gatheredPerStepMax === 0) yield undefined
  }
  yield* nested(instant, state)
}

function* nested(
  instant: readonly MediaEvent[],
  state: () => Open | undefined,
): Generator<MediaEvent, void, void> {
  const [first] = instant
  if (first === undefined || instant.length === 1) return yield* instant
  let jumpMs = first.clockJumpMs
  const next = openInstant(
    jumpMs === undefined ? instant : instant.with(0, withoutJump(first)),
    state() ?? closed,
  )
  for (let event = next(state() ?? closed); event; event = next(state() ?? closed)) {
    // A clock that jumped did so before whatever comes first.
    yield jumpMs === undefined ? event : { ...event, clockJumpMs: jumpMs }
    jumpMs = undefined
  }
}

function withoutJump(event: MediaEvent): MediaEvent {
  const { clockJumpMs: _, ...others } = event
  return others
}

const closed: Open = { ad: undefined, adBreak: undefined, chapter: undefined, isAdOutsideBreakOpen: false }

/**
 * Hand out the events of one instant in the order that nests, whatever their arrival (rule E-1): what ends something that
 * is open, then what starts, outer before inner, then what plays, then the rest. SDKs give the events of one moment one
 * `ts`, and have several requests under way.
 *
 * @param events in the order of their arrival
 * @returns the next one for the state that the ones before it have led to; `undefined` after the last
 */
function openInstant(
  events: readonly MediaEvent[],
  { adBreak: breakBefore }: Open,
): (state: Open) => MediaEvent | undefined {
  const queues = queuesOf(events)
  return (state) => {
    const fitting = order.find(([kind, fits]) => has(queues, kind) && fits(state, breakBefore, queues))
    // What is left are ends of what is not open, and whatever opens, ends and plays nothing.
    return take(queues, fitting?.[0] ?? firstArrived(queues, rest) ?? 'sessionEnd')
  }
}

type Open = Pick<SessionState, 'ad' | 'adBreak' | 'chapter' | 'isAdOutsideBreakOpen'>

const kinds = {
  adComplete: 'adEnd',
  adSkip: 'adEnd',
  chapterComplete: 'chapterEnd',
  chapterSkip: 'chapterEnd',
  adBreakComplete: 'breakEnd',
  adBreakStart: 'breakStart',
  adStart: 'adStart',
  chapterStart: 'chapterStart',
  play: 'playState',
  pauseStart: 'playState',
  bufferStart: 'playState',
  sessionEnd: 'sessionEnd',
} as const satisfies Partial<Record<MediaEvent['type'], string>>
type Kind = (typeof kinds)[keyof typeof kinds] | 'other'

interface Queue {
  readonly events: MediaEvent[]
  taken: number
}
type Queues = Partial<Record<Kind, Queue>>

/** Whether the first event of a kind comes now. */
type Fits = (state: Open, breakBefore: AdBreak | undefined, left: Queues) => boolean

const always: Fits = () => true

/** The first kind that is left and fits is next. */
const order: readonly (readonly [Kind, Fits])[] = [
  ['adEnd', ({ ad, isAdOutsideBreakOpen }) => ad !== undefined || isAdOutsideBreakOpen],
  ['chapterEnd', ({ chapter }) => chapter !== undefined],
  // An ad that starts now, in no break that does, is in the one that was open.
  [
    'breakEnd',
    ({ adBreak }, breakBefore, left) =>
      adBreak !== undefined && adBreak === breakBefore && (!has(left, 'adStart') || has(left, 'breakStart')),
  ],
  ['breakStart', always],
  ['adStart', always],
  ['chapterStart', always],
  ['breakEnd', ({ adBreak }) => adBreak !== undefined],
  ['playState', always],
]

const rest: readonly Kind[] = ['adEnd', 'chapterEnd', 'breakEnd', 'other']

function queuesOf(events: readonly MediaEvent[]): Queues {
  const queues: Queues = {}
  for (const event of events) {
    const queue = (queues[kindOf(event)] ??= { events: [], taken: 0 })
    queue.events.push(event)
  }
  return queues
}

function kindOf({ type }: MediaEvent): Kind {
  return type in kinds ? kinds[type as keyof typeof kinds] : 'other'
}

function firstOf(queues: Queues, kind: Kind): MediaEvent | undefined {
  const queue = queues[kind]
  return queue?.events[queue.taken]
}

function has(queues: Queues, kind: Kind): boolean {
  return firstOf(queues, kind) !== undefined
}

function firstArrived(queues: Queues, among: readonly Kind[]): Kind | undefined {
  const left = among.filter((kind) => has(queues, kind))
  return left.toSorted((a, b) => seqOf(queues, a) - seqOf(queues, b))[0]
}

function seqOf(queues: Queues, kind: Kind): number {
  return firstOf(queues, kind)?.seq ?? 0
}

function take(queues: Queues, kind: Kind): MediaEvent | undefined {
  const event = firstOf(queues, kind)
  const queue = queues[kind]
  if (queue !== undefined) queue.taken += 1
  return event
}
