import { rowChanges } from '../projection/archive/rowChanges.ts'
import {
  type Booking,
  type Cause,
  type CountedMetric,
  listed,
  type Moment,
  type Replayed,
  rulesVersion,
  type Step,
  type Viewing,
  type Watched,
} from '@playhead/engine'
import { sessionRows } from '../projection/archive/sessionRows.ts'
import type { Row } from '../projection/rows/row.ts'

/** Where each figure of a session comes from. Made by running its archived events through the engine again. */
export interface Explanation {
  /** Of the rules that it was made with. */
  readonly rulesVersion: number
  /**
   * Whether what is explained are the figures that are reported; not where rules or settings changed since the
   * session closed, until it is reprocessed.
   */
  readonly isOfReported: boolean
  readonly durations: {
    readonly contentTimeSpent: Sum
    readonly adTimeSpent: Sum
    readonly mediaTimeSpent: {
      readonly ms: number
      readonly sumOf: readonly (keyof Explanation['durations'])[]
    }
    readonly uniqueTimePlayed: { readonly ms: number; readonly stretches: readonly Stretch[] }
    readonly totalPauseDuration: Sum
    readonly totalBufferDuration: Sum
    readonly totalStallDuration: Sum
  }
  readonly ads: readonly ExplainedPart[]
  readonly chapters: readonly ExplainedPart[]
  readonly states: readonly ({ readonly name: string } & Sum)[]
  /** By metric: the events after which the figure was another one than before. */
  readonly causes: Readonly<Partial<Record<CountedMetric, readonly number[]>>>
  /** What the session was doing after each event, in the order in which they were applied. */
  readonly moments: readonly ExplainedMoment[]
}

/** A session right after an event. */
export interface ExplainedMoment {
  readonly seq: number
  /** Epoch milliseconds, by the device's clock. */
  readonly ts: number
  /** Of the content, seconds. */
  readonly playhead: number
  readonly content: 'init' | 'playing' | 'paused' | 'buffering' | 'ended'
  /** The ad over it; null where there is none. */
  readonly ad: { readonly ordinal: number; readonly play: 'playing' | 'paused' | 'buffering' } | null
  readonly isInBreak: boolean
  /** The chapter's ordinal. */
  readonly chapter: number | null
  /** Names of the player states that are on. */
  readonly states: readonly string[]
  /** kbit/s. */
  readonly bitrate: number | null
  /** Attributed so far, milliseconds; `undecided` is none of the others yet: it is play time, or a stall. */
  readonly totals: Readonly<Record<'content' | 'ad' | 'pause' | 'buffer' | 'stall' | 'undecided', number>>
}

/** A duration, and the intervals that it is the sum of. */
export interface Sum {
  readonly ms: number
  readonly intervals: readonly Interval[]
}

/**
 * Time between two events, by the device's clock, that was attributed without a break. Where a stall ends between two
 * events the first part of their time is stall, the rest content: then `fromTs` or `toTs` is not that of the event.
 */
export interface Interval {
  readonly fromSeq: number
  readonly toSeq: number
  /** Epoch milliseconds. */
  readonly fromTs: number
  readonly toTs: number
  /** `toTs` - `fromTs`. */
  readonly ms: number
}

/** A stretch of the content, playheads in seconds. */
export interface Stretch {
  readonly fromPlayhead: number
  readonly toPlayhead: number
  readonly ms: number
  /** When it was watched, in order; what was seen again is there again. Their union is the stretch. */
  readonly viewings: readonly ExplainedViewing[]
}

/** A stretch of the content that was watched from one event to another. */
export interface ExplainedViewing {
  readonly fromSeq: number
  readonly toSeq: number
  readonly fromPlayhead: number
  readonly toPlayhead: number
}

/** An ad, or a chapter. */
export interface ExplainedPart {
  readonly ordinal: number
  readonly startSeq: number
  /** The event that ended it; null while it is open, and where a time-out ended it. */
  readonly endSeq: number | null
  readonly timeSpent: Sum
}

/** Explain the figures of a replay that kept its ledger, `reported` being the session's row as it is reported. */
export function explain(replay: Replayed, reported: Row): Explanation {
  const { ledger, watched, states } = replay.state
  const causes = listed(ledger?.causes)
  const sums = sumsOf(listed(ledger?.bookings))
  const sum = (key: string): Sum => sums.get(key) ?? { ms: 0, intervals: [] }
  const stretches = stretchesOf(watched, joined(listed(ledger?.viewings)))
  const stateSums = stateSumsOf(causes)
  return {
    rulesVersion,
    isOfReported: rowChanges(reported, sessionRows(replay).session).length === 0,
    durations: {
      contentTimeSpent: sum('content'),
      adTimeSpent: sum('ad'),
      mediaTimeSpent: {
        ms: sum('content').ms + sum('ad').ms,
        sumOf: ['contentTimeSpent', 'adTimeSpent'],
      },
      uniqueTimePlayed: { ms: totalMs(stretches), stretches },
      totalPauseDuration: sum('pause'),
      totalBufferDuration: sum('buffer'),
      totalStallDuration: sum('stall'),
    },
    ads: partsOf(causes, 'ad').map((part) => ({ ...part, timeSpent: sum(`ad ${part.ordinal}`) })),
    chapters: partsOf(causes, 'chapter').map((part) => ({
      ...part,
      timeSpent: sum(`content ${part.ordinal}`),
    })),
    states: states.map(({ name }) => ({ name, ...(stateSums.get(name) ?? { ms: 0, intervals: [] }) })),
    causes: eventsByMetric(causes),
    moments: listed(ledger?.moments).map(momentOf),
  }
}

function momentOf({ step, main, ad, playheadMs, totals, ...moment }: Moment): ExplainedMoment {
  return {
    seq: step.toSeq,
    ts: step.toTsMs,
    playhead: playheadMs / 1000,
    content: main,
    ad: ad ?? null,
    isInBreak: moment.isInBreak,
    chapter: moment.chapterOrdinal ?? null,
    states: moment.statesOn,
    bitrate: moment.quality.bitrate ?? null,
    totals: {
      content: totals.contentTimeMs,
      ad: totals.adTimeMs,
      pause: totals.pauseTimeMs,
      buffer: totals.bufferTimeMs,
      stall: totals.stallTimeMs,
      undecided: moment.heldMs,
    },
  }
}

/** The sums of the accounts (`content`, `ad`, ...), and of the ads and chapters on them (`ad 1`, `content 1`). */
function sumsOf(bookings: readonly Booking[]): ReadonlyMap<string, Sum> {
  const found = new Map<string, Interval[]>()
  let before: readonly string[] = []
  // A stall is found after the fact: bookings are not made in the order of their time.
  const inOrder = bookings.filter(({ ms }) => ms > 0).toSorted((a, b) => a.step.ordinal - b.step.ordinal)
  for (const booking of inOrder) {
    const keys = [booking.account, `${booking.account} ${booking.partOrdinal ?? ''}`]
    for (const key of keys) {
      const intervals = found.get(key) ?? []
      found.set(key, intervals)
      append(intervals, intervalOf(booking), before.includes(key))
    }
    before = keys
  }
  return new Map([...found].map(([key, intervals]) => [key, { ms: totalMs(intervals), intervals }]))
}

/** The time of each player state, by its name. */
function stateSumsOf(causes: readonly Cause[]): ReadonlyMap<string, Sum> {
  const found = new Map<string, Interval[]>()
  for (const cause of causes) {
    if (cause.kind !== 'stateOn') continue
    const intervals = found.get(cause.name) ?? []
    found.set(cause.name, intervals)
    append(intervals, wholeStep(cause.step), true)
  }
  return new Map([...found].map(([name, intervals]) => [name, { ms: totalMs(intervals), intervals }]))
}

/** Add an interval at the end; where nothing else came in between, and it goes on from the last one, as a part of that. */
function append(intervals: Interval[], next: Interval, isNeighbour: boolean): void {
  const last = intervals.at(-1)
  if (!isNeighbour || last?.toTs !== next.fromTs) intervals.push(next)
  else
    intervals[intervals.length - 1] = {
      ...next,
      fromSeq: last.fromSeq,
      fromTs: last.fromTs,
      ms: last.ms + next.ms,
    }
}

/** Of a step that both share a stall has the first part, content the last. */
function intervalOf({ account, step, ms }: Booking): Interval {
  const { toTsMs, fromTsMs } = step
  const isContent = account === 'content'
  return {
    ...wholeStep(step),
    fromTs: isContent ? toTsMs - ms : fromTsMs,
    toTs: isContent ? toTsMs : fromTsMs + ms,
    ms,
  }
}

function wholeStep({ fromSeq, toSeq, fromTsMs, toTsMs }: Step): Interval {
  return { fromSeq, toSeq, fromTs: fromTsMs, toTs: toTsMs, ms: toTsMs - fromTsMs }
}

function partsOf(causes: readonly Cause[], part: 'ad' | 'chapter'): Omit<ExplainedPart, 'timeSpent'>[] {
  const parts = new Map<number, Omit<ExplainedPart, 'timeSpent'>>()
  for (const cause of causes) {
    if (cause.kind === 'changed' || cause.kind === 'stateOn' || cause.part !== part) continue
    const { ordinal, seq } = cause
    const startSeq = parts.get(ordinal)?.startSeq ?? seq
    parts.set(ordinal, { ordinal, startSeq, endSeq: cause.kind === 'ended' ? seq : null })
  }
  return [...parts.values()]
}

function eventsByMetric(causes: readonly Cause[]): Explanation['causes'] {
  const events: Partial<Record<CountedMetric, number[]>> = {}
  for (const cause of causes) if (cause.kind === 'changed') (events[cause.metric] ??= []).push(cause.seq)
  return events
}

/** Each viewing lies in one stretch of what was watched, which are ascending and apart from each other. */
function stretchesOf(watched: Watched, viewings: readonly Viewing[]): Stretch[] {
  const found = watched.map(([fromMs, toMs]) => ({
    fromPlayhead: fromMs / 1000,
    toPlayhead: toMs / 1000,
    ms: toMs - fromMs,
    viewings: [] as ExplainedViewing[],
  }))
  for (const { step, fromMs, toMs } of viewings) {
    const at = lastBeginningBy(watched, fromMs)
    if (toMs > (watched[at]?.[1] ?? Number.NEGATIVE_INFINITY)) continue
    found[at]?.viewings.push({
      fromSeq: step.fromSeq,
      toSeq: step.toSeq,
      fromPlayhead: fromMs / 1000,
      toPlayhead: toMs / 1000,
    })
  }
  return found
}

/** The last stretch that begins at or before a playhead, by bisection; -1 where none does. */
function lastBeginningBy(watched: Watched, playheadMs: number): number {
  let [low, high] = [0, watched.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((watched[middle]?.[0] ?? Number.POSITIVE_INFINITY) <= playheadMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Steps one behind the other, in which the content went on where it had been, are one viewing. */
function joined(viewings: readonly Viewing[]): Viewing[] {
  const found: Viewing[] = []
  for (const next of viewings) {
    const last = found.at(-1)
    const isNeighbour = last?.step.ordinal === next.step.ordinal - 1 && last.toMs === next.fromMs
    if (!isNeighbour) found.push(next)
    else
      found[found.length - 1] = {
        step: { ...next.step, fromSeq: last.step.fromSeq },
        fromMs: last.fromMs,
        toMs: next.toMs,
      }
  }
  return found
}

function totalMs(parts: readonly { readonly ms: number }[]): number {
  return parts.reduce((total, { ms }) => total + ms, 0)
}
