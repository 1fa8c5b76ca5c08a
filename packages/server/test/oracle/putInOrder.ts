import { type Arrival, type OracleEvent, readEvent } from './readEvent.ts'

/** When and why a session closed. */
export interface Ending {
  readonly cause: 'sessionEnd' | 'idle' | 'still' | 'age' | 'downloaded'
  readonly closedAtMs: number
  readonly sinceLastCallMs: number
}

export interface Ordered {
  /** The events that count, in the order in which they count; the first is the `sessionStart`. */
  readonly events: readonly OracleEvent[]
  readonly ending: Ending
  /** Whether the reordering window put everything right, so that sorting the whole list was enough. */
  readonly isSorted: boolean
}

const windowMs = 5000
const waitingMax = 9
const graceMs = 60_000

/** Which events of a session count, and in which order (collection-api.md sections 11 and 12). */
export function putInOrder(arrivals: readonly Arrival[]): Ordered {
  const { taken, ending } = take(arrivals.map(readEvent))
  const isSorted = isCalm(taken)
  const ordered = isSorted ? taken.toSorted(byTime) : letThroughWindow(taken)
  const events = untilEnd([taken[0]!, ...ordered.filter(({ nth }) => nth > 0)])
  const end = events.at(-1)!
  return end.type === 'sessionEnd'
    ? { events, isSorted, ending: { cause: 'sessionEnd', closedAtMs: end.atMs, sinceLastCallMs: 0 } }
    : { events, isSorted, ending }
}

/** A list that was sent whole counts as it is listed. */
export function takeList(arrivals: readonly Arrival[]): Ordered {
  const events = withoutRepeats(untilEnd(arrivals.map(readEvent)))
  const end = events.at(-1)!
  const cause = end.type === 'sessionEnd' ? 'sessionEnd' : 'downloaded'
  return { events, isSorted: true, ending: { cause, closedAtMs: end.ts, sinceLastCallMs: 0 } }
}

/** Judge each arrival by the clock of the server, and tell how the session would end without a `sessionEnd`. */
function take(arrivals: readonly OracleEvent[]): { taken: readonly OracleEvent[]; ending: Ending } {
  const taken: OracleEvent[] = [arrivals[0]!]
  for (const event of arrivals.slice(1)) {
    const end = taken.find(({ type }) => type === 'sessionEnd')
    if (event.atMs >= (end ? end.atMs + windowMs : timeOut(taken).atMs + graceMs)) break
    if (event.ts < taken[0]!.ts) continue
    if (end && event.ts > end.ts) continue
    if (isRepeat(event, taken)) continue
    taken.push(event)
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

/** Whether no event is overtaken by one that had left the window, by its age or as one of ten, before it came. */
function isCalm(taken: readonly OracleEvent[]): boolean {
  const after = taken.slice(1)
  return after.every((event, i) => {
    const earlier = after.slice(0, i)
    const overtaken = earlier.filter((other) => byTime(event, other) < 0)
    const near = earlier.filter(({ atMs }) => atMs > event.atMs - 2 * windowMs)
    return (
      overtaken.length === 0 ||
      (overtaken.every(({ atMs }) => atMs > event.atMs - windowMs) && near.length < waitingMax)
    )
  })
}

/**
 * Let the events wait one by one. When one arrives, those that have waited long enough by then have gone before it,
 * whether or not somebody looked at the clock.
 */
function letThroughWindow(taken: readonly OracleEvent[]): OracleEvent[] {
  const through: OracleEvent[] = []
  const waiting: OracleEvent[] = []
  const letGo = (nowMs: number): void => {
    const isDue = ({ atMs }: OracleEvent): boolean => nowMs >= atMs + windowMs
    for (;;) {
      const first = waiting.toSorted(byTime)[0]
      if (!first || (first.type === 'sessionEnd' && !isDue(first))) return
      if (!waiting.some(isDue) && waiting.length <= waitingMax) return
      through.push(...waiting.splice(waiting.indexOf(first), 1))
    }
  }
  for (const event of taken.slice(1)) {
    letGo(event.atMs)
    waiting.push(event)
    letGo(event.atMs)
  }
  letGo(Number.POSITIVE_INFINITY)
  return through
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

/** The same `ts` and body came before, among the last 32 that were taken. */
function isRepeat({ ts, text }: OracleEvent, taken: readonly OracleEvent[]): boolean {
  return taken.slice(-32).some((other) => other.ts === ts && other.text === text)
}
