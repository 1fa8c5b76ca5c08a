import { type TimedEvent, total } from './ownTime.ts'
import { dayMs } from './place.ts'
import type { Ordered } from './putInOrder.ts'
import { lastQuality } from './quality.ts'
import { isIn, type Span, type State, type Step, type View, viewOf } from './view.ts'

/**
 * The numbers of a session, reckoned slowly from the complete list of its events as `metrics.md` defines them: first
 * the spans (breaks, ads, chapters), then the steps between neighbours, then each metric by itself. It is what the
 * engine is measured against, and shares nothing with it.
 */
export function consult(
  { events, ending, isList }: Ordered,
  rules: { areSeekedMarkersSkipped: boolean },
): Oracle {
  const view = viewOf(events)
  const { ads, chapters, steps } = view
  const sum = (of: (step: Step) => number): number => total(steps.map(of))
  const start = events[0]!
  const lengthMs = Math.max(0, Number(start.params['media.length'] ?? 0) * 1000)
  const contentMs = sum((step) => contentIn(step))
  const mediaMs = contentMs + sum(({ dt, state }) => (state === 'ad playing' ? dt : 0))
  const pauses = entriesInto('paused', 'pauseStart', view)
  const buffers = entriesInto('buffering', 'bufferStart', view)
  const pauseMs = sum(({ dt, state }) => (isPaused(state) ? dt : 0))
  const bufferMs = sum(({ dt, state }) => (isBuffering(state) ? dt : 0))
  const isPlayed = view.firstPlay !== undefined
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
      estimatedStreams: Math.floor(mediaMs / 1_800_000) + 1,
      contentResumes: start.params['media.resume'] === true,
      contentSegment: isPlayed ? segmentOf(view) : undefined,
      contentSegmentViews: isPlayed,
      pauseEvents: pauses,
      pauseImpactedStreams: pauses > 0,
      totalPauseDuration: pauseMs,
      adCount: ads.length,
      chapterCount: chapters.length,
      authorized: String(start.params['media.pass.auth']).toLowerCase() === 'true',
      mediaDownloaded: isList,
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

/** 5.1: the stretches of content that were watched. */
function watchedIn({ steps, places, isLive }: View): (readonly [number, number])[] {
  return steps
    .filter(({ state }) => state === 'playing')
    .flatMap((step) => {
      const to = places[step.from + 1]!.at
      if (step.moved === 0 || to === undefined) return []
      const from = to - (step.isPlay ? step.moved : contentIn(step))
      const isThroughMidnight = isLive && step.isPlay && places[step.since]!.head >= 0
      if (from >= 0 || !isThroughMidnight) return [[Math.max(0, from), to] as const]
      return [[from + dayMs, dayMs] as const, [0, to] as const]
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
  const { firstPlay: first } = view
  if (lengthMs === 0 || first === undefined) return false
  const place = share * lengthMs
  return areSeekedMarkersSkipped
    ? watchedIn(view).some(([from, to]) => from < to && from * 100 <= place && place <= to * 100)
    : view.places.slice(first).some(({ at }) => at !== undefined && at * 100 >= place)
}

/** 5.3: between which five minutes main content played; live, counted from where it began to play. */
function segmentOf({ states, places, isLive, zero = 0 }: View): string | undefined {
  let midnights = 0
  let before: number | undefined
  const played = places.flatMap(({ at }, i) => {
    const leap = i <= zero || at === undefined ? 0 : at - (before ?? at)
    before = at
    if (at === undefined) return []
    if (isLive && Math.abs(leap) > dayMs / 2) midnights -= Math.sign(leap)
    if (i < zero || (states[i] !== 'playing' && states[i - 1] !== 'playing')) return []
    return [at + midnights * dayMs]
  })
  if (played.length === 0) return undefined
  const [origin = 0] = isLive ? played : []
  const minutes = played.map((place) => Math.max(0, place - origin) / 60_000)
  const from = Math.floor(Math.min(...minutes) / 5) * 5
  const to = Math.max(from + 5, Math.ceil(Math.max(...minutes) / 5) * 5)
  return `[${from}-${to}]`
}

/** Section 4: weighted by the play time of content and ads during which each value was in force. */
function averageBitrate({ events, steps }: View): number | undefined {
  const known = steps.flatMap((step) => {
    const bitrate = lastQuality('bitrate', events, step.from + 1)
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

function idsOf(errors: readonly TimedEvent[]): string[] {
  return [...new Set(errors.map(({ errorId }) => errorId).filter((id) => id !== ''))].slice(0, 100)
}

/** 5.6, E-7: each of the first ten names, from every start to its end. */
function statesOf({ events }: View): Oracle['states'] {
  const firstSent = (name: string): string =>
    events.flatMap(({ startedAs }) => startedAs).find((sent) => sent.toLowerCase() === name)!
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
    const timeMs = total(events.slice(1).map(({ stepMs }, from) => (isOn(from) ? stepMs : 0)))
    return { name: firstSent(name), count: starts.length, timeMs }
  })
}

function reportOf(span: Span, completing: string, { events, steps }: View, of: (step: Step) => number): Part {
  const startedTsMs = events[span.from]!.ts
  return {
    startedTsMs,
    // What ends it may have come late; nothing closes before it starts.
    closedTsMs: Math.max(startedTsMs, (events[span.to] ?? events.at(-1)!).ts),
    timePlayedMs: total(steps.filter(({ from }) => isIn([span], from)).map(of)),
    isCompleted: events[span.to]?.type === completing,
  }
}

function count(events: readonly TimedEvent[], type: string): number {
  return events.filter((event) => event.type === type).length
}
