import type { Ordered } from './putInOrder.ts'
import { millisecondsOf, type OracleEvent } from './readEvent.ts'
import { dayMs, isIn, movement, type Span, type State, type Step, type View, viewOf } from './view.ts'

/**
 * The numbers of a session, reckoned slowly from the complete list of its events as `metrics.md` defines them: first
 * the spans (breaks, ads, chapters), then the steps between neighbours, then each metric by itself. It is what the
 * engine is measured against, and shares nothing with it.
 */
export function consult({ events, ending }: Ordered, rules: { areSeekedMarkersSkipped: boolean }): Oracle {
  const view = viewOf(events)
  const { ads, chapters, steps } = view
  const sum = (of: (step: Step) => number): number => total(steps.map(of))
  const start = events[0]!
  const lengthMs = millisecondsOf(Number(start.params['media.length'] ?? 0))
  const contentMs = sum((step) => contentIn(step))
  const mediaMs = contentMs + sum(({ dt, state }) => (state === 'ad playing' ? dt : 0))
  const pauses = entriesInto('paused', 'pauseStart', view)
  const buffers = entriesInto('buffering', 'bufferStart', view)
  const pauseMs = sum(({ dt, state }) => (isPaused(state) ? dt : 0))
  const bufferMs = sum(({ dt, state }) => (isBuffering(state) ? dt : 0))
  const isPlayed = firstPlay(view) !== undefined
  const marker = (share: number): boolean => isReached(share, lengthMs, view, rules)
  const bitrate = averageBitrate(view)
  const bitrateChanges = count(events, 'bitrateChange')
  const errors = events.filter(({ type }) => type === 'error')
  const drops = Math.round(lastQuality('droppedFrames', events) ?? 0)
  return {
    metrics: {
      mediaStarts: true,
      contentStarts: isPlayed,
      contentCompletes: count(events, 'sessionComplete') > 0,
      contentTimeSpent: contentMs,
      mediaTimeSpent: mediaMs,
      uniqueTimePlayed: lengthOfUnion(watchedIn(view)),
      progress10: marker(10),
      progress25: marker(25),
      progress50: marker(50),
      progress75: marker(75),
      progress95: marker(95),
      averageMinuteAudience: lengthMs > 0 ? contentMs / lengthMs : undefined,
      estimatedStreams: Math.floor(Math.round(mediaMs / 1000) / 1800) + 1,
      contentResumes: start.params['media.resume'] === true,
      contentSegment: isPlayed ? segmentOf(view) : undefined,
      contentSegmentViews: isPlayed,
      pauseEvents: pauses,
      pauseImpactedStreams: pauses > 0,
      totalPauseDuration: pauseMs,
      adCount: ads.length,
      chapterCount: chapters.length,
      authorized: String(start.params['media.pass.auth']).toLowerCase() === 'true',
      mediaDownloaded: start.params['media.downloaded'] === true,
      sinceLastCall: ending.sinceLastCallMs,
      dropsBeforeStart: !isPlayed,
      averageBitrate: bitrate,
      averageBitrateBucket: bitrate === undefined ? undefined : bucketOf(bitrate),
      bitrateChanges,
      bitrateChangeImpactedStreams: bitrateChanges > 0,
      bufferEvents: buffers,
      bufferImpactedStreams: buffers > 0,
      totalBufferDuration: bufferMs,
      droppedFrames: drops,
      droppedFrameImpactedStreams: drops > 0,
      errorEvents: errors.length,
      errorImpactedStreams: errors.length > 0,
      playerSdkErrors: idsOf(errors.filter(({ isExternal }) => !isExternal)),
      externalErrors: idsOf(errors.filter(({ isExternal }) => isExternal)),
      timeToStart: Math.round(lastQuality('timeToStart', events) ?? 0),
      framesPerSecond: lastQuality('framesPerSecond', events),
      stallEvents: view.stalls.length,
      stallImpactedStreams: view.stalls.length > 0,
      totalStallDuration: sum(({ stalled }) => stalled),
    },
    ads: ads.map((ad) => reportOf(ad, 'adComplete', view, timeOf)),
    chapters: chapters.map((chapter) => reportOf(chapter, 'chapterComplete', view, contentIn)),
    states: statesOf(view),
    close: ending,
  }
}

export interface Oracle {
  readonly metrics: Readonly<Record<string, unknown>>
  readonly ads: readonly Part[]
  readonly chapters: readonly Part[]
  readonly states: readonly { readonly name: string; readonly count: number; readonly timeMs: number }[]
  readonly close: Ordered['ending']
}

/** What the report of an ad or a chapter says. */
export interface Part {
  readonly startedTsMs: number
  readonly closedTsMs: number
  readonly timePlayedMs: number
  readonly isCompleted: boolean
}

function contentIn({ state, dt, stalled }: Step): number {
  return state === 'playing' ? dt - stalled : 0
}

function timeOf({ state, dt }: Step): number {
  return state === 'ad playing' ? dt : 0
}

const isPaused = (state: State): boolean => state === 'paused' || state === 'ad paused'
const isBuffering = (state: State): boolean => state === 'buffering' || state === 'ad buffering'

/** P-3, P-4: events that took what was on into a state in which it was not. */
function entriesInto(state: 'paused' | 'buffering', type: string, { events, states }: View): number {
  const isInto = (i: number): boolean => states[i] === state || states[i] === `ad ${state}`
  return events.filter((event, i) => event.type === type && isInto(i) && !isInto(i - 1)).length
}

/** The first event by which main content has started: a `play` on it, or the end of more than 250 ms of it. */
function firstPlay({ events, states, steps }: View): number | undefined {
  const first = events.findIndex(
    ({ type }, i) =>
      (type === 'play' && states[i] === 'playing') || (states[i - 1] === 'playing' && steps[i - 1]!.dt > 250),
  )
  return first === -1 ? undefined : first
}

/** 5.1: the stretches of content that were watched. */
function watchedIn({ steps, isLive }: View): (readonly [number, number])[] {
  return steps
    .filter(({ state }) => state === 'playing')
    .flatMap((step) => {
      const d = movement(step.p1, step.p2, step.dt, isLive)
      if (d === 0) return []
      const isWatched = d > 0 && d <= 2 * step.dt + 1000
      const from = isWatched ? step.p2 - d : Math.max(0, step.p2 - contentIn(step))
      if (from >= 0) return [[from, step.p2] as const]
      return [[from + dayMs, dayMs] as const, [0, step.p2] as const]
    })
}

function lengthOfUnion(intervals: readonly (readonly [number, number])[]): number {
  const bounds = [...new Set(intervals.flat())].toSorted((a, b) => a - b)
  return total(
    bounds.slice(1).map((to, i) => {
      const from = bounds[i]!
      return intervals.some(([a, b]) => a <= from && to <= b) ? to - from : 0
    }),
  )
}

/** 5.2: a main playhead at or past the share; or, if leaps do not count, the share's place was watched. */
function isReached(
  share: number,
  lengthMs: number,
  view: View,
  { areSeekedMarkersSkipped }: { areSeekedMarkersSkipped: boolean },
): boolean {
  const first = firstPlay(view)
  if (lengthMs === 0 || first === undefined) return false
  const place = share * lengthMs
  return areSeekedMarkersSkipped
    ? watchedIn(view).some(([from, to]) => from < to && from * 100 <= place && place <= to * 100)
    : view.playheads.slice(first).some((playhead) => playhead * 100 >= place)
}

/** 5.3: between which five minutes main content played; live, counted from where it began to play. */
function segmentOf({ states, playheads, isLive }: View): string | undefined {
  const midnights = (i: number): number => {
    const leaps = playheads.slice(1, i + 1).map((playhead, j) => playhead - playheads[j]!)
    const on = leaps.filter((leap) => leap < -dayMs / 2).length
    return on - leaps.filter((leap) => leap > dayMs / 2).length
  }
  const places = playheads.flatMap((playhead, i) => {
    if (states[i] !== 'playing' && states[i - 1] !== 'playing') return []
    return [isLive ? playhead + midnights(i) * dayMs : playhead]
  })
  if (places.length === 0) return undefined
  const [zero = 0] = isLive ? places : []
  const minutes = places.map((place) => Math.max(0, place - zero) / 60_000)
  const from = Math.floor(Math.min(...minutes) / 5) * 5
  const to = Math.max(from + 5, Math.ceil(Math.max(...minutes) / 5) * 5)
  return `[${from}-${to}]`
}

function lastQuality(key: string, events: readonly OracleEvent[]): number | undefined {
  const value = events.findLast(({ quality }) => quality[`media.qoe.${key}`] !== undefined)
  return value && Math.min(Math.max(Number(value.quality[`media.qoe.${key}`]), 0), 1e12)
}

/** Section 4: weighted by the play time of content and ads during which each value was in force. */
function averageBitrate({ events, steps }: View): number | undefined {
  const known = steps.flatMap((step) => {
    const bitrate = lastQuality('bitrate', events.slice(0, step.from + 1))
    return bitrate === undefined ? [] : [{ bitrate, ms: contentIn(step) + timeOf(step) }]
  })
  const weight = total(known.map(({ ms }) => ms))
  if (weight > 0) return Math.round(total(known.map(({ bitrate, ms }) => bitrate * ms)) / weight)
  const last = lastQuality('bitrate', events)
  return last === undefined ? undefined : Math.round(last)
}

function bucketOf(bitrate: number): string {
  const from = Math.floor(bitrate / 100) * 100
  return `${from}-${from + 99}`
}

function idsOf(errors: readonly OracleEvent[]): string[] {
  return [...new Set(errors.map(({ errorId }) => errorId).filter((id) => id !== ''))].slice(0, 100)
}

/** 5.6: each of the first ten names, from every start to its end. */
function statesOf({ events, steps }: View): Oracle['states'] {
  const names = [...new Set(events.flatMap(({ started }) => started))].slice(0, 10)
  return names.map((name) => {
    const isOn = (i: number): boolean => {
      const last = events.slice(0, i + 1).findLast((e) => [...e.started, ...e.ended].includes(name))
      return last?.started.includes(name) === true
    }
    const wasOn = (i: number): boolean => i > 0 && isOn(i - 1)
    const starts = events.filter(
      ({ started, ended }, i) => started.includes(name) && (ended.includes(name) || !wasOn(i)),
    )
    const timeMs = total(steps.map(({ from, dt }) => (isOn(from) ? dt : 0)))
    return { name, count: starts.length, timeMs }
  })
}

function reportOf(span: Span, completing: string, { events, steps }: View, of: (step: Step) => number): Part {
  return {
    startedTsMs: events[span.from]!.ts,
    closedTsMs: (events[span.to] ?? events.at(-1)!).ts,
    timePlayedMs: total(steps.filter(({ from }) => isIn([span], from)).map(of)),
    isCompleted: events[span.to]?.type === completing,
  }
}

function count(events: readonly OracleEvent[], type: string): number {
  return events.filter((event) => event.type === type).length
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
