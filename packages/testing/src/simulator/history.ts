import type { Advert } from './adverts.ts'
import type { BreakPlan, Chapter, Content } from './content.ts'
import type { Viewer } from './viewer.ts'

/**
 * What really happened in one session: what was on the screen when, in spans without gaps, and what changed at
 * single moments. Nothing here depends on how a player tells it. Times are milliseconds of true time since the
 * session's start, integers; positions are milliseconds of the main content, of live content epoch milliseconds.
 */
export interface History {
  readonly viewer: Viewer
  readonly content: Content
  /** True time of the session's start, epoch milliseconds. */
  readonly startMs: number
  /** Of recorded content; above 0 where the viewer goes on with what they had begun. */
  readonly startPositionMs: number
  readonly isResume: boolean
  readonly spans: readonly Span[]
  /** In the order of their times, all before the end. */
  readonly marks: readonly Mark[]
  readonly ending: Ending
  /** The session in which the viewer goes on later, if they do. */
  readonly sequel: Sequel | undefined
}

export interface Span {
  readonly kind: SpanKind
  readonly fromMs: number
  readonly toMs: number
  /** Position when the span begins and when it ends; between them it grows evenly, or jumps at the end of a seek. */
  readonly fromPositionMs: number
  readonly toPositionMs: number
  /** The chapter that is open, also while an ad or a pause covers it; each visit is an object of its own. */
  readonly chapter: ChapterVisit | undefined
  /** The ad on the screen, also while it is paused; each showing is an object of its own. */
  readonly ad: AdShowing | undefined
  readonly sampling: Sampling
}

/**
 * - `startup` nothing is on the screen yet, and nothing is said about it
 * - `content`, `ad` it plays
 * - `pause` the viewer wants a break
 * - `seek` to another position, announced; `leap` likewise, but the player says nothing
 * - `buffering` the player waits and says so; `stall` likewise, but it believes to be playing
 */
export type SpanKind = 'startup' | 'content' | 'ad' | 'pause' | 'seek' | 'leap' | 'buffering' | 'stall'

/** How the player's timer runs: as it should, once a minute in a page behind others, or not at all in a sleeping app. */
export type Sampling = 'timer' | 'throttled' | 'asleep'

export interface ChapterVisit {
  readonly chapter: Chapter
  /** Played to the chapter's end. */
  readonly isCompleted: boolean
}

export interface AdShowing {
  readonly advert: Advert
  readonly adBreak: AdBreakShowing
  /** In its break, from 1. */
  readonly podPosition: number
  /** Played to the ad's end; otherwise it was skipped or left. */
  readonly isCompleted: boolean
}

export interface AdBreakShowing {
  readonly plan: BreakPlan
}

export type Mark = QualityMark | StatesMark | ErrorMark

/** New quality values; with a `bitrateChange` of its own, or for the next event to carry. */
export interface QualityMark {
  readonly kind: 'quality'
  readonly atMs: number
  readonly isBitrateChange: boolean
  readonly values: Partial<Quality>
}

export interface Quality {
  /** kbps */
  readonly bitrate: number
  /** Since the session's start. */
  readonly droppedFrames: number
  readonly framesPerSecond: number
  /** From the wish to play to the first picture, milliseconds. */
  readonly timeToStart: number
}

export interface StatesMark {
  readonly kind: 'states'
  readonly atMs: number
  readonly ended: readonly string[]
  readonly started: readonly string[]
}

export interface ErrorMark {
  readonly kind: 'error'
  readonly atMs: number
  readonly id: string
  readonly source: 'player' | 'external'
}

/** Played to the end; left, and the player said so; or silence: the page was closed, the app killed, the line lost. */
export type Ending = 'complete' | 'end' | 'silence'

export interface Sequel {
  /** From the end of this session to the start of the next, milliseconds. */
  readonly afterMs: number
  readonly positionMs: number
}

/** Length of the session, milliseconds. */
export function durationOf({ spans }: Pick<History, 'spans'>): number {
  return spans.at(-1)?.toMs ?? 0
}
