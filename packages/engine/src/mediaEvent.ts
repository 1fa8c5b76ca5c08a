/**
 * One event of a viewing session as the engine takes it, whatever wire it came in on:
 * times are integer milliseconds, absent or unusable values are `undefined`, names are the field's.
 */
export type MediaEvent = EventCommon & EventDetail

/** Scalar dimension values by their parameter key (`media.name`, `media.ad.length`); the engine only carries them. */
export type Dimensions = Readonly<Record<string, string | number | boolean>>

/** Custom metadata as sent: flat, strings only. */
export type Metadata = Readonly<Record<string, string>>

export interface EventCommon {
  /** Position in the journal, from 1; orders events that carry the same `tsMs`. */
  readonly seq: number
  /** Arrival on the server's clock, epoch milliseconds. Only time-outs are judged by it. */
  readonly receivedAtMs: number
  /** The device's clock, epoch milliseconds. All durations are differences of it. */
  readonly tsMs: number
  /**
   * What the device's clock was found to have jumped by right before this event, milliseconds; below 0 it was set
   * back. `tsMs` then has been corrected.
   */
  readonly clockJumpMs?: number
  /** Position in the main content, milliseconds; live: of the day. Meaningless while an ad is open. */
  readonly playheadMs: number
  /** Checksum of the body as it came, to know a repeated delivery by. */
  readonly fingerprint: number
  /** Texts of it that are kept in part, or not at all; see `keptTextMaxBytes`. */
  readonly clipped?: Clipped
  /** Quality values this event brings; each stays in force until the next one. */
  readonly quality: QualityUpdate
}

/** Texts of an event that are not kept whole. */
export interface Clipped {
  /** Pointers to the first of them. */
  readonly pointers: readonly string[]
  readonly count: number
}

export interface QualityUpdate {
  /** Kilobits per second. */
  readonly bitrate?: number
  /** Cumulative since the session's start; the last value counts. */
  readonly droppedFrames?: number
  readonly framesPerSecond?: number
  /** As sent, with its fraction: what is below 1 is nearly surely seconds. */
  readonly timeToStartMs?: number
}

export type EventDetail =
  | { readonly type: 'sessionStart'; readonly start: SessionStart }
  | { readonly type: 'adBreakStart'; readonly adBreak: AdBreak }
  | { readonly type: 'adStart'; readonly ad: Ad }
  | { readonly type: 'chapterStart'; readonly chapter: Chapter }
  | { readonly type: 'error'; readonly error: PlayerError }
  | { readonly type: 'stateStart' | 'stateEnd' | 'statesUpdate'; readonly states: StatesChange }
  | { readonly type: PlainEventType }

/** Events that say all they have to say by their type. `unknown` is what the lenient policy lets through. */
export type PlainEventType =
  | 'play'
  | 'ping'
  | 'pauseStart'
  | 'bufferStart'
  | 'bitrateChange'
  | 'sessionComplete'
  | 'sessionEnd'
  | 'adBreakComplete'
  | 'adComplete'
  | 'adSkip'
  | 'chapterComplete'
  | 'chapterSkip'
  | 'unknown'

export interface SessionStart {
  readonly dimensions: Dimensions
  readonly metadata: Metadata
  /** Length of the content, milliseconds; `undefined` when not given or not above 0 (rule 6.11). */
  readonly lengthMs: number | undefined
  /** `live` or `linear` content: the playhead is the second of the day and wraps at midnight. */
  readonly isLive: boolean
  readonly isResume: boolean
  readonly isDownloaded: boolean
}

export interface AdBreak {
  readonly dimensions: Dimensions
  /** Feeds the pod id only; counted from 0 or 1, as the player likes. */
  readonly index: number | undefined
}

export interface Ad {
  readonly dimensions: Dimensions
  readonly metadata: Metadata
}

export interface Chapter {
  readonly dimensions: Dimensions
  readonly metadata: Metadata
  readonly index: number | undefined
}

export interface PlayerError {
  readonly id: string | undefined
  readonly source: 'player' | 'external'
}

/** Player states that ended and began, names as sent. */
export interface StatesChange {
  readonly ended: readonly string[]
  readonly started: readonly string[]
}
