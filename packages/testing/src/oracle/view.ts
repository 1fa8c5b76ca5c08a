import { type TimedEvent, total } from './ownTime.ts'
import { dayMs, endOfZeros, type Place, placesOf } from './place.ts'

/** Events `from` (which opened it) up to but without `to` (which closed it; past the last one if nothing did). */
export interface Span {
  readonly from: number
  readonly to: number
}

type Main = 'init' | 'playing' | 'paused' | 'buffering' | 'ended'
export type State = Main | `ad ${Main}` | 'ad break'

/** The time between an event and the next: what was on, how far the playhead went, how much of it stood still. */
export interface Step {
  readonly from: number
  /** Where the time that counts here began: earlier than `from` where a gap turned out to be content. */
  readonly since: number
  readonly dt: number
  readonly state: State
  /** How far the playhead went. */
  readonly moved: number
  /** Whether it went as far as playing may take it. */
  readonly isPlay: boolean
  readonly stalled: number
}

export interface View {
  readonly events: readonly TimedEvent[]
  readonly isLive: boolean
  readonly ads: readonly Span[]
  readonly chapters: readonly Span[]
  readonly stalls: readonly Span[]
  /** What is on after each event, and where the content is by then. */
  readonly states: readonly State[]
  readonly places: readonly Place[]
  readonly steps: readonly Step[]
  /** The event by which main content has started; none if it never has. */
  readonly firstPlay: number | undefined
  /** The event at which a live session that began with zeros says where it is, if playing would not have taken it there. */
  readonly zero: number | undefined
}

export function viewOf(events: readonly TimedEvent[]): View {
  const isLive = ['live', 'linear'].includes(String(events[0]!.params['media.contentType']).toLowerCase())
  const breaks = spans(events, ['adBreakStart'], ['adBreakStart', 'adBreakComplete'])
  const starts = spans(
    events,
    ['adStart'],
    ['adStart', 'adComplete', 'adSkip', 'adBreakStart', 'adBreakComplete'],
  )
  const ads = starts.filter(({ from }) => isIn(breaks, from))
  const unmatchedRequests = spans(events, ['adStart'], ['adComplete', 'adSkip']).filter(
    ({ from }) => !isIn(breaks, from),
  )
  const chapters = spans(events, ['chapterStart'], ['chapterStart', 'chapterComplete', 'chapterSkip'])
  const mains = mainsOf(events, breaks)
  const states = events.map((_, i) => stateAfter(events, ads, mains[i]!, i))
  const places = placesOf(events, frozenOf(events, mains, ads, breaks), isLive)
  const canStall = events.map(
    (_, i) => states[i] === 'playing' && !isIn(breaks, i) && !isIn(unmatchedRequests, i),
  )
  const stalls = stallsOf(events, places, canStall)
  const firstPlay = firstPlayOf(events, states)
  const end = endOfZeros(places, isLive)
  const isGap = (i: number): boolean =>
    states[i] === 'playing' && (isIn(breaks, i) || i < (firstPlay ?? events.length))
  const steps = events.slice(1).map((event, from): Step => {
    const isInGap = isGap(from)
    const begin = isInGap ? beginOf(from, isGap) : from
    const waited = lengthOf(events, begin, from)
    const isShort = isInGap && waited + event.stepMs <= 250
    // The step that makes a gap too long to be one is content from the gap's beginning.
    const since = waited > 0 && waited <= 250 && !isShort ? begin : from
    const dt = lengthOf(events, since, from + 1)
    const reachMs = total(events.slice(since + 1, from + 2).map((each) => each.reachMs))
    const moved = movement(places, [since, from + 1], reachMs, { isLive, end })
    const isPlay = moved > 0 && moved <= 2 * reachMs + 1000
    const state = isShort ? 'ad break' : states[from]!
    const stall = stalls.find((span) => isIn([span], from))
    const isStalled =
      state === 'playing' && stall && (since === from || events[stall.from]!.ts <= events[since]!.ts)
    const stalled = isStalled ? dt - Math.min(Math.abs(moved), dt) : 0
    return { from, since, dt, state, moved, isPlay, stalled }
  })
  const zero = end !== undefined && !steps[end - 1]!.isPlay ? end : undefined
  return { events, isLive, ads, chapters, stalls, states, places, steps, firstPlay, zero }
}

/** The first event of the unbroken run that leads to this one. */
function beginOf(i: number, isOfRun: (i: number) => boolean): number {
  let begin = i
  while (begin > 0 && isOfRun(begin - 1)) begin -= 1
  return begin
}

/** Time from one event to another. */
function lengthOf(events: readonly TimedEvent[], from: number, to: number): number {
  return total(events.slice(from + 1, to + 1).map(({ stepMs }) => stepMs))
}

/** From each event of the one kind to the next of the other; the end of the session ends all. */
function spans(events: readonly TimedEvent[], openers: string[], closers: string[]): Span[] {
  return events.flatMap(({ type }, from) => {
    if (!openers.includes(type)) return []
    const to = events.findIndex(
      (event, i) => i > from && (closers.includes(event.type) || event.type === 'sessionEnd'),
    )
    return [{ from, to: to === -1 ? events.length : to }]
  })
}

export function isIn(list: readonly Span[], i: number): boolean {
  return list.some(({ from, to }) => from <= i && i < to)
}

/** E-2: from an ad's start to the end of its break, that included; or to a `play` of the content while no ad is open. */
function frozenOf(
  events: readonly TimedEvent[],
  mains: readonly Main[],
  ads: readonly Span[],
  breaks: readonly Span[],
): Span[] {
  return ads.map(({ from }) => {
    const { to } = breaks.find((one) => one.from <= from && from < one.to)!
    const play = events.findIndex(
      ({ type }, i) => i > from && i < to && type === 'play' && mains[i] === 'playing' && !isIn(ads, i),
    )
    return { from, to: play === -1 ? to + 1 : play }
  })
}

/** P-1 to P-6: what the main content does after each event, also while an ad covers it. */
function mainsOf(events: readonly TimedEvent[], breaks: readonly Span[]): Main[] {
  let main: Main = 'init'
  return events.map(({ type }, i) => {
    if (type === 'sessionComplete' || type === 'sessionEnd') main = 'ended'
    // E-3: a `play` in a break after the end plays the ad.
    else if (main === 'ended' && (type !== 'play' || isIn(breaks, i))) main = 'ended'
    else main = changes.get(type) ?? main
    return main
  })
}

const changes: ReadonlyMap<string, Main> = new Map([
  ['play', 'playing'],
  ['pauseStart', 'paused'],
  ['bufferStart', 'buffering'],
])

/** an ad opens playing, and has a state of its own. */
function stateAfter(events: readonly TimedEvent[], ads: readonly Span[], main: Main, i: number): State {
  const ad = ads.find(({ from, to }) => from <= i && i < to)
  if (!ad) return main
  const change = events.slice(ad.from + 1, i + 1).findLast(({ type }) => changes.has(type))
  return `ad ${change ? changes.get(change.type)! : 'playing'}`
}

/** The first event by which main content has started: a `play` on it, or the end of more than 250 ms of it in a row. */
function firstPlayOf(events: readonly TimedEvent[], states: readonly State[]): number | undefined {
  const isPlaying = (i: number): boolean => states[i] === 'playing'
  const first = events.findIndex(
    ({ type }, i) =>
      (type === 'play' && isPlaying(i)) ||
      (i > 0 && isPlaying(i - 1) && lengthOf(events, beginOf(i - 1, isPlaying), i) > 250),
  )
  return first === -1 ? undefined : first
}

/** 5.4: maximal runs of standing events that hold three samples. */
function stallsOf(
  events: readonly TimedEvent[],
  places: readonly Place[],
  canStall: readonly boolean[],
): Span[] {
  const stands = (i: number): boolean => canStall[i] === true && places[i]!.head === places[i - 1]?.head
  const begins = events.flatMap((_, i) => (canStall[i] && !(canStall[i - 1] && stands(i)) ? [i] : []))
  const runs = begins.map((from) => {
    const to = events.findIndex((_, i) => i > from && !stands(i))
    return { from, to: to === -1 ? events.length : to }
  })
  return runs.filter(({ from, to }) => {
    const samples: number[] = []
    for (const { ts } of events.slice(from, to)) {
      const last = samples.at(-1)
      if (last === undefined || ts - last >= 1000) samples.push(ts)
    }
    return samples.length >= 3
  })
}

/** How far the main playhead went by an event; live, it may have gone on through midnight (5.1). */
function movement(
  places: readonly Place[],
  [from, i]: readonly [number, number],
  reachMs: number,
  { isLive, end }: { isLive: boolean; end: number | undefined },
): number {
  const d = places[i]!.head - places[from]!.head
  const isMidnight = isLive && i !== end && d < 0 && d + dayMs > 0 && d + dayMs <= 2 * reachMs + 1000
  return isMidnight ? d + dayMs : d
}
