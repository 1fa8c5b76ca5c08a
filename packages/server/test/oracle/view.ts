import type { OracleEvent } from './readEvent.ts'

/** Events `from` (which opened it) up to but without `to` (which closed it; past the last one if nothing did). */
export interface Span {
  readonly from: number
  readonly to: number
}

type Main = 'init' | 'playing' | 'paused' | 'buffering' | 'ended'
export type State = Main | `ad ${Main}`

/** The time between an event and the next: what was on, how far the playhead went, how much of it stood still. */
export interface Step {
  readonly from: number
  readonly dt: number
  readonly state: State
  readonly p1: number
  readonly p2: number
  readonly stalled: number
}

export interface View {
  readonly events: readonly OracleEvent[]
  readonly isLive: boolean
  readonly ads: readonly Span[]
  readonly chapters: readonly Span[]
  readonly stalls: readonly Span[]
  /** What is on after each event, and the main playhead by then. */
  readonly states: readonly State[]
  readonly playheads: readonly number[]
  readonly steps: readonly Step[]
}

export function viewOf(events: readonly OracleEvent[]): View {
  const isLive = ['live', 'linear'].includes(String(events[0]!.params['media.contentType']).toLowerCase())
  const breaks = spans(events, ['adBreakStart'], ['adBreakStart', 'adBreakComplete'])
  const starts = spans(
    events,
    ['adStart'],
    ['adStart', 'adComplete', 'adSkip', 'adBreakStart', 'adBreakComplete'],
  )
  const ads = starts.filter(({ from }) => isIn(breaks, from))
  const strays = spans(events, ['adStart'], ['adComplete', 'adSkip']).filter(
    ({ from }) => !isIn(breaks, from),
  )
  const chapters = spans(events, ['chapterStart'], ['chapterStart', 'chapterComplete', 'chapterSkip'])
  const states = events.map((_, i) => stateAfter(events, ads, i))
  const playheads = events.map((_, i) => playheadAfter(events, ads, i))
  const canStall = events.map((_, i) => states[i] === 'playing' && !isIn(breaks, i) && !isIn(strays, i))
  const stalls = stallsOf(events, playheads, canStall)
  const steps = events.slice(1).map((event, from): Step => {
    const dt = timeSince(events.slice(0, from + 1), event)
    const [p1, p2] = [playheads[from]!, playheads[from + 1]!]
    const moved = Math.abs(movement(p1, p2, dt, isLive))
    const stalled = isIn(stalls, from) ? dt - Math.min(moved, dt) : 0
    return { from, dt, state: states[from]!, p1, p2, stalled }
  })
  return { events, isLive, ads, chapters, stalls, states, playheads, steps }
}

/**
 * What passed since the last event. What is up to the latest of all has been booked. A time before that one is of an
 * event that came too late, and then it came right behind the one before; or of a clock that was set back, and then as
 * much passed for the server as for the device, give or take a half.
 */
function timeSince(before: readonly OracleEvent[], { ts, atMs }: OracleEvent): number {
  const latest = Math.max(...before.map((event) => event.ts))
  if (ts >= latest) return ts - latest
  const last = before.at(-1)!
  const [device, server] = [ts - last.ts, atMs - last.atMs]
  if (device <= 0 || server <= 0 || server * 2 < device) return 0
  return server < device ? server : device
}

/** From each event of the one kind to the next of the other; the end of the session ends all. */
function spans(events: readonly OracleEvent[], openers: string[], closers: string[]): Span[] {
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

/** P-1 to P-6, A-2: look back for what put the player in its state. */
function stateAfter(events: readonly OracleEvent[], ads: readonly Span[], i: number): State {
  const ad = ads.find(({ from, to }) => from <= i && i < to)
  if (ad) return `ad ${lastChange(events.slice(ad.from + 1, i + 1), 'playing')}`
  const before = events.slice(0, i + 1)
  if (events[i]!.type === 'sessionEnd') return 'ended'
  const turn = before.findLastIndex(({ type }) => type === 'play' || type === 'sessionComplete')
  if (events[turn]?.type === 'sessionComplete') return 'ended'
  return lastChange(before, 'init')
}

function lastChange(events: readonly OracleEvent[], otherwise: Main): Main {
  const change = events.findLast(({ type }) => ['play', 'pauseStart', 'bufferStart'].includes(type))
  if (!change) return otherwise
  return change.type === 'play' ? 'playing' : change.type === 'pauseStart' ? 'paused' : 'buffering'
}

/** The last playhead that was not said while an ad was open. */
function playheadAfter(events: readonly OracleEvent[], ads: readonly Span[], i: number): number {
  return events.slice(0, i + 1).findLast((_, j) => j === 0 || !isIn(ads, j - 1))!.playhead
}

/** 5.4: maximal runs of standing events that hold three samples. */
function stallsOf(
  events: readonly OracleEvent[],
  playheads: readonly number[],
  canStall: readonly boolean[],
): Span[] {
  const stands = (i: number): boolean => canStall[i] === true && playheads[i] === playheads[i - 1]
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

export const dayMs = 86_400_000

/** How far the main playhead went; live, it may have gone on through midnight (5.1). */
export function movement(p1: number, p2: number, dt: number, isLive: boolean): number {
  const d = p2 - p1
  const isMidnight = isLive && d < 0 && d + dayMs > 0 && d + dayMs <= 2 * dt + 1000
  return isMidnight ? d + dayMs : d
}
