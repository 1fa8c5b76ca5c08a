import { nest } from './nest.ts'
import { type TimedEvent, timeList, timeOnline } from './ownTime.ts'
import { clockAtStart, readClock, windowMs } from './readClock.ts'
import { type Arrival, type OracleEvent, readEvent } from './readEvent.ts'

/** When and why a session closed. */
export interface Ending {
  readonly cause: 'sessionEnd' | 'idle' | 'still' | 'age' | 'downloaded'
  readonly closedAtMs: number
  readonly sinceLastCallMs: number
}

export interface Ordered {
  /** The events that count, in the order in which they count, at their times; the first is the `sessionStart`. */
  readonly events: readonly TimedEvent[]
  readonly ending: Ending
  readonly isList: boolean
  /** Whether the reordering window put everything right, so that sorting the whole list was enough. */
  readonly isSorted: boolean
}

const waitingMax = 9
const graceMs = 60_000

/** Which events of a session count, and in which order (rules J-3 and E-1). */
export function putInOrder(arrivals: readonly Arrival[]): Ordered {
  const { taken, ending } = take(arrivals.map(readEvent))
  const after = taken.slice(1)
  const isSorted = isCalm(after)
  const ordered = isSorted ? sortWhole(taken[0]!, after) : letThroughWindow(taken[0]!, after)
  const events = timeOnline(untilEnd([taken[0]!, ...ordered]))
  // J-4: what happened before the end may have arrived after it; no session closes before that.
  const said = { cause: 'sessionEnd', closedAtMs: taken.at(-1)!.atMs, sinceLastCallMs: 0 } as const
  const isSaid = events.at(-1)!.type === 'sessionEnd'
  return { events, isSorted, isList: false, ending: isSaid ? said : ending }
}

/** A list that was sent whole counts as it is listed, but for events of one instant. */
export function takeList(arrivals: readonly Arrival[], uploadedAtMs: number): Ordered {
  const [start, ...listed] = withoutRepeats(arrivals.map(readEvent))
  const ordered: OracleEvent[] = [start!]
  for (const instant of instantsOf(listed)) ordered.push(...nest(ordered, instant))
  const events = timeList(untilEnd(ordered), uploadedAtMs)
  const cause = events.at(-1)!.type === 'sessionEnd' ? 'sessionEnd' : 'downloaded'
  // J-4: no session closes before it starts, whatever the last event says.
  const closedAtMs = events.findLast(({ atMs }) => atMs >= events[0]!.atMs)!.atMs
  return {
    events,
    isSorted: true,
    isList: true,
    ending: { cause, closedAtMs, sinceLastCallMs: 0 },
  }
}

/** Judge each arrival by the clock of the server, and tell how the session would end without a `sessionEnd`. */
function take(arrivals: readonly OracleEvent[]): { taken: readonly OracleEvent[]; ending: Ending } {
  const taken: OracleEvent[] = [arrivals[0]!]
  /** With those that are older than the start and change nothing. */
  const known: OracleEvent[] = [arrivals[0]!]
  let clock = clockAtStart
  for (const sent of arrivals.slice(1)) {
    const end = taken.find(({ type }) => type === 'sessionEnd')
    if (sent.atMs >= (end ? end.atMs + windowMs : timeOut(taken).atMs + graceMs)) break
    if (isRepeat(sent, known)) continue
    const read = readClock(clock, sent, taken)
    // What comes after the end is refused: nothing is known of it.
    if (end && read.event.ts > end.ts) continue
    clock = read.clock
    known.push(sent)
    if (read.event.ts >= taken[0]!.ts) taken.push(read.event)
  }
  const { cause, atMs } = timeOut(taken)
  const lastAtMs = taken.at(-1)!.atMs
  const closedAtMs = Math.max(atMs, lastAtMs)
  return { taken, ending: { cause, closedAtMs, sinceLastCallMs: closedAtMs - lastAtMs } }
}

function timeOut(taken: readonly OracleEvent[]): { cause: 'idle' | 'still' | 'age'; atMs: number } {
  const moved = taken.findLast((event, i) => event.playhead !== taken[i - 1]?.playhead)!
  const idle = { cause: 'idle', atMs: taken.at(-1)!.atMs + 600_000 } as const
  const still = { cause: 'still', atMs: moved.atMs + 1_800_000 } as const
  const age = { cause: 'age', atMs: taken[0]!.atMs + 86_400_000 } as const
  const [first] = [idle, still, age].toSorted((a, b) => a.atMs - b.atMs)
  return first!
}

function byTime(a: OracleEvent, b: OracleEvent): number {
  const isEnd = ({ type }: OracleEvent): number => (type === 'sessionEnd' ? 1 : 0)
  return a.ts - b.ts || isEnd(a) - isEnd(b) || a.nth - b.nth
}

/**
 * Whether no event belongs before, or to the instant of, one that had left the window, by its age or as one of ten,
 * before it came.
 */
function isCalm(after: readonly OracleEvent[]): boolean {
  return after.every((event, i) => {
    const earlier = after.slice(0, i)
    const overtaken = earlier.filter(({ ts }) => event.ts <= ts)
    const near = earlier.filter(({ atMs }) => atMs > event.atMs - 2 * windowMs)
    return (
      overtaken.length === 0 ||
      (overtaken.every(({ atMs }) => atMs > event.atMs - windowMs) && near.length < waitingMax)
    )
  })
}

function sortWhole(start: OracleEvent, after: readonly OracleEvent[]): OracleEvent[] {
  const through = [start]
  for (const instant of instantsOf(after.toSorted(byTime))) through.push(...nest(through, instant))
  return through.slice(1)
}

/**
 * Let the events wait one by one. When one arrives, those that have waited long enough by then have gone before it,
 * whether or not somebody looked at the clock. Those of its instant go with one, but for an end that has to wait.
 */
function letThroughWindow(start: OracleEvent, after: readonly OracleEvent[]): OracleEvent[] {
  const through = [start]
  const waiting: OracleEvent[] = []
  const letGo = (nowMs: number): void => {
    const isDue = ({ atMs }: OracleEvent): boolean => nowMs >= atMs + windowMs
    const hasToWait = (event: OracleEvent): boolean => event.type === 'sessionEnd' && !isDue(event)
    for (;;) {
      const first = waiting.toSorted(byTime)[0]
      if (!first || hasToWait(first)) return
      if (!waiting.some(isDue) && waiting.length <= waitingMax) return
      const instant = waiting.filter((event) => event.ts === first.ts && !hasToWait(event))
      for (const event of instant) waiting.splice(waiting.indexOf(event), 1)
      through.push(...nest(through, instant))
    }
  }
  for (const event of after) {
    letGo(event.atMs)
    waiting.push(event)
    letGo(event.atMs)
  }
  letGo(Number.POSITIVE_INFINITY)
  return through.slice(1)
}

/** Neighbours of one time, together. */
function instantsOf(events: readonly OracleEvent[]): OracleEvent[][] {
  const instants: OracleEvent[][] = []
  for (const event of events) {
    const last = instants.at(-1)
    if (last?.[0]?.ts === event.ts) last.push(event)
    else instants.push([event])
  }
  return instants
}

function untilEnd(events: readonly OracleEvent[]): readonly OracleEvent[] {
  const end = events.findIndex(({ type }) => type === 'sessionEnd')
  return end === -1 ? events : events.slice(0, end + 1)
}

/** Leave out what is listed twice. */
function withoutRepeats(events: readonly OracleEvent[]): OracleEvent[] {
  const kept: OracleEvent[] = []
  for (const event of events) if (!isRepeat(event, kept)) kept.push(event)
  return kept
}

/** The same body, which has its `ts`, came before among the last 32. */
function isRepeat({ text }: OracleEvent, known: readonly OracleEvent[]): boolean {
  return known.slice(-32).some((other) => other.text === text)
}
