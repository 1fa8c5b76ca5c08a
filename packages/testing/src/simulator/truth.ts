import type { Ending, History, Mark, Quality, Span } from './history.ts'

/** What really happened in a session, by the words of the metrics; durations in milliseconds. */
export interface Truth {
  readonly durationMs: number
  readonly ending: Ending
  readonly contentTimeMs: number
  /** Content seen or heard at least once. */
  readonly uniqueTimeMs: number
  readonly adTimeMs: number
  /** Announced seeks are pauses, on this API. */
  readonly pauseTimeMs: number
  readonly bufferTimeMs: number
  /** The player believed to be playing. */
  readonly stallTimeMs: number
  /** Each of them, in order. */
  readonly stallsMs: readonly number[]
  /** Seeks that the player does not tell, and the time they took. */
  readonly leaps: number
  readonly leapTimeMs: number
  /** Stretches of content that were played without a jump of the playhead. */
  readonly stretches: number
  readonly isContentStarted: boolean
  readonly isCompleted: boolean
  readonly pauses: number
  readonly buffers: number
  readonly ads: readonly PartTruth[]
  /** One for each visit. */
  readonly chapters: readonly PartTruth[]
  readonly states: readonly StateTruth[]
  readonly bitrateChanges: number
  readonly errors: number
  readonly droppedFrames: number
  readonly timeToStartMs: number
}

/** An ad, or a visit to a chapter. */
export interface PartTruth {
  /** Id of the ad, index of the chapter. */
  readonly name: string
  readonly timeMs: number
  readonly isCompleted: boolean
}

/** A player state by its name as sent: how often it was entered, and how long it was on. */
export interface StateTruth {
  readonly name: string
  readonly count: number
  readonly timeMs: number
}

/**
 * The true figures of a session: sums over what was on the screen. With `untilMs`, only of what had happened before
 * that moment.
 */
export function truthOf(history: History, untilMs = Number.POSITIVE_INFINITY): Truth {
  const spans = history.spans.filter(({ fromMs }) => fromMs < untilMs).map((span) => clip(span, untilMs))
  const marks = history.marks.filter(({ atMs }) => atMs < untilMs)
  const durationMs = spans.at(-1)?.toMs ?? 0
  const timeOf = (...kinds: Span['kind'][]): number => sumMs(spans.filter(({ kind }) => kinds.includes(kind)))
  const quality = lastQuality(marks)
  return {
    durationMs,
    ending: history.ending,
    contentTimeMs: timeOf('content'),
    uniqueTimeMs: unionMs(spans.filter(({ kind }) => kind === 'content')),
    adTimeMs: timeOf('ad'),
    pauseTimeMs: timeOf('pause', 'seek'),
    bufferTimeMs: timeOf('buffering'),
    stallTimeMs: timeOf('stall'),
    stallsMs: spans.filter(({ kind }) => kind === 'stall').map(({ fromMs, toMs }) => toMs - fromMs),
    leaps: spans.filter(({ kind }) => kind === 'leap').length,
    leapTimeMs: timeOf('leap'),
    stretches: stretches(spans.filter(({ kind }) => kind === 'content')),
    isContentStarted: timeOf('content') > 0,
    isCompleted: history.ending === 'complete' && durationMs < untilMs,
    pauses: runs(spans, ({ kind }) => kind === 'pause' || kind === 'seek'),
    buffers: runs(spans, ({ kind }) => kind === 'buffering'),
    ads: parts(
      spans,
      'ad',
      untilMs,
      ({ ad }) => ad,
      ({ advert }) => advert.id,
    ),
    chapters: parts(
      spans,
      'content',
      untilMs,
      ({ chapter }) => chapter,
      ({ chapter }) => String(chapter.index),
    ),
    states: statesOf(marks, durationMs),
    bitrateChanges: marks.filter((mark) => mark.kind === 'quality' && mark.isBitrateChange).length,
    errors: marks.filter(({ kind }) => kind === 'error').length,
    droppedFrames: quality.droppedFrames ?? 0,
    timeToStartMs: quality.timeToStart ?? 0,
  }
}

/** What was there of a span by then. Of content it is as much of the way as of the time; a jump has not come yet. */
function clip(span: Span, untilMs: number): Span {
  const { kind, fromMs, toMs, fromPositionMs, toPositionMs } = span
  if (toMs <= untilMs) return span
  const share = (untilMs - fromMs) / (toMs - fromMs)
  const wayMs = kind === 'content' ? share * (toPositionMs - fromPositionMs) : 0
  return { ...span, toMs: untilMs, toPositionMs: fromPositionMs + wayMs }
}

function sumMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
}

/** Length of all positions that were played at least once. */
function unionMs(spans: readonly Span[]): number {
  let [union, seenToMs] = [0, Number.NEGATIVE_INFINITY]
  for (const span of spans.toSorted((a, b) => a.fromPositionMs - b.fromPositionMs)) {
    union += Math.max(0, span.toPositionMs - Math.max(span.fromPositionMs, seenToMs))
    seenToMs = Math.max(seenToMs, span.toPositionMs)
  }
  return union
}

function stretches(content: readonly Span[]): number {
  return content.filter((span, nth) => span.fromPositionMs !== content[nth - 1]?.toPositionMs).length
}

/** How often something began that was not going on already. */
function runs(spans: readonly Span[], isSo: (span: Span) => boolean): number {
  return spans.filter((span, nth) => {
    const before = spans[nth - 1]
    return isSo(span) && (before === undefined || !isSo(before))
  }).length
}

/** The ads or chapters of a session in order, with the time that they really played. */
function parts<Part extends { readonly isCompleted: boolean }>(
  spans: readonly Span[],
  kind: Span['kind'],
  untilMs: number,
  partOf: (span: Span) => Part | undefined,
  nameOf: (part: Part) => string,
): PartTruth[] {
  const shown = new Map<Part | undefined, Span[]>()
  for (const span of spans) shown.set(partOf(span), [...(shown.get(partOf(span)) ?? []), span])
  return [...shown].flatMap(([part, its]) => {
    if (part === undefined) return []
    const timeMs = sumMs(its.filter((span) => span.kind === kind && (kind === 'ad' || span.ad === undefined)))
    const isOver = (its.at(-1)?.toMs ?? 0) < untilMs
    return [{ name: nameOf(part), timeMs, isCompleted: part.isCompleted && isOver }]
  })
}

function lastQuality(marks: readonly Mark[]): Partial<Quality> {
  return marks.reduce<Partial<Quality>>(
    (values, mark) => (mark.kind === 'quality' ? { ...values, ...mark.values } : values),
    {},
  )
}

function statesOf(marks: readonly Mark[], endMs: number): StateTruth[] {
  const found = new Map<string, { count: number; timeMs: number; sinceMs: number | undefined }>()
  for (const mark of marks) {
    if (mark.kind !== 'states') continue
    for (const name of mark.ended) {
      const state = found.get(name)
      if (state?.sinceMs === undefined) continue
      state.timeMs += mark.atMs - state.sinceMs
      state.sinceMs = undefined
    }
    for (const name of mark.started) {
      const state = found.get(name) ?? { count: 0, timeMs: 0, sinceMs: undefined }
      found.set(name, { ...state, count: state.count + 1, sinceMs: mark.atMs })
    }
  }
  return [...found].map(([name, { count, timeMs, sinceMs }]) => ({
    name,
    count,
    timeMs: timeMs + (sinceMs === undefined ? 0 : endMs - sinceMs),
  }))
}
