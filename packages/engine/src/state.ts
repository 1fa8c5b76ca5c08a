import { type Deliveries, noDeliveries, remember } from './deliveries.ts'
import type { AdGap } from './attribute.ts'
import type { Ad, AdBreak, Chapter, MediaEvent, SessionStart } from './mediaEvent.ts'
import { beginLife, type Life } from './life.ts'
import type { Ledger } from './ledger.ts'
import { copyOfQuality, emptyQuality, type Quality } from './quality.ts'
import type { WarnedEvent, WarningCode } from './warning.ts'
import { inMilliseconds } from './playhead.ts'
import type { Played } from './played.ts'
import type { PlayerState } from './playerStates.ts'
import { type PlayheadRange, segmentMinutesDefault } from './segment.ts'
import type { StillRun } from './stall.ts'
import type { SessionRules } from './rules.ts'
import type { Watched } from './watched.ts'

/**
 * A session between two events: plain data, so that it can be written down and read back as JSON.
 * `step` never changes a state it is given; it works on a draft of it.
 */
export interface SessionState {
  readonly sid: string
  readonly start: SessionStart
  readonly startSeq: number
  life: Life
  /** Events that have arrived and wait for earlier ones, in order of arrival. */
  waiting: readonly MediaEvent[]
  /** See `SessionRules`. */
  readonly areSeekedMarkersSkipped: boolean
  readonly segmentMinutes: number
  /** What the main content is doing, also while an ad covers it. */
  main: PlayState
  adBreak: AdBreak | undefined
  /** An ad of the break has started: until the break is over playheads are not the content's. */
  isInAds: boolean
  ad: OpenAd | undefined
  /** An `adStart` outside any break has not been ended yet: no ad (rule A-3), but the frozen playhead is no stall. */
  isAdOutsideBreakOpen: boolean
  chapter: OpenChapter | undefined
  /** Content in play that is a gap between ads unless it goes on. */
  adGap: AdGap | undefined
  /** Chapters that closed while it was not yet known whether their last moments were a stall. */
  heldChapters: readonly ClosedChapter[]
  stillRun: StillRun | undefined
  lastTsMs: number
  /** The highest `ts` so far. */
  latestTsMs: number
  /** Arrival of the last event that was applied, and the latest arrival of all. */
  lastArrivedAtMs: number
  latestArrivedAtMs: number
  /** All steps together, whatever their time went to. */
  elapsedMs: number
  /** What was cut off of steps: by so much the device's clock has run ahead of the session's own time. */
  excessMs: number
  /** Playhead of the last event outside ads. */
  playheadMs: number
  /** Whether a playhead other than 0 has been seen: SDKs say 0 of live content until they know better. */
  hasPosition: boolean
  isPlayed: boolean
  isCompleted: boolean
  /** What live playheads have lost at midnights, when they fall back to 0. */
  midnightWrapsMs: number
  /** Where main content first was while it played: the zero of live segments. */
  firstPlayheadMs: number | undefined
  /** Of main content in play; a live playhead counts on through midnight. */
  range: PlayheadRange | undefined
  highestMarker: number
  watched: Watched
  contentPlayed: Played
  adPlayed: Played
  totals: Totals
  quality: Quality
  states: readonly PlayerState[]
  recent: Deliveries
  /** How often each code was noted. */
  noticed: Readonly<Partial<Record<WarningCode, number>>>
  /** The last events that opened a break, an ad and a chapter: the ones to name where nothing ends them. */
  openers: Readonly<Partial<Record<'adBreak' | 'ad' | 'chapter', WarnedEvent>>>
  /** What the device's clock was ahead of the server's, at most: an event that came without delay. */
  clockAheadMs: number
  /** Longest time between two events, by the device's clock: how precisely anything can be known. */
  longestGapMs: number
  /** Events taken, the start included; repeated and stale ones are not. */
  eventCount: number
  /** Where the figures come from; kept only for an explanation. */
  ledger: Ledger | undefined
}

export type PlayState = 'init' | 'playing' | 'paused' | 'buffering' | 'ended'

export interface Totals {
  contentTimeMs: number
  adTimeMs: number
  pauseTimeMs: number
  pauseCount: number
  bufferTimeMs: number
  bufferCount: number
  stallTimeMs: number
  stallCount: number
  adCount: number
  chapterCount: number
}

export interface OpenAd {
  /** 1 for the session's first ad. */
  readonly ordinal: number
  readonly ad: Ad
  readonly adBreak: AdBreak
  readonly startedTsMs: number
  play: 'playing' | 'paused' | 'buffering'
  timePlayedMs: number
  /** Where the playhead was when the ad had been open for its length. */
  overrunFromMs: number | undefined
  /** Content has played on from there. */
  isOverrun: boolean
}

export interface OpenChapter {
  /** 1 for the session's first chapter. */
  readonly ordinal: number
  readonly chapter: Chapter
  readonly startedTsMs: number
  readonly timePlayedMs: number
}

export interface ClosedAd extends Readonly<OpenAd> {
  readonly closedTsMs: number
  readonly isCompleted: boolean
}

export interface ClosedChapter extends OpenChapter {
  readonly closedTsMs: number
  readonly isCompleted: boolean
}

export type StartEvent = Extract<MediaEvent, { type: 'sessionStart' }>

/** A session as its `sessionStart` leaves it: wanted, not yet playing (rule P-1). */
export function openState(sid: string, event: StartEvent, rules: SessionRules): SessionState {
  return {
    sid,
    start: event.start,
    startSeq: event.seq,
    life: beginLife(event),
    waiting: [],
    areSeekedMarkersSkipped: rules.areSeekedMarkersSkipped,
    segmentMinutes: rules.segmentMinutes ?? segmentMinutesDefault,
    main: 'init',
    adBreak: undefined,
    isInAds: false,
    ad: undefined,
    isAdOutsideBreakOpen: false,
    chapter: undefined,
    adGap: undefined,
    heldChapters: [],
    stillRun: undefined,
    lastTsMs: event.tsMs,
    latestTsMs: event.tsMs,
    lastArrivedAtMs: event.receivedAtMs,
    latestArrivedAtMs: event.receivedAtMs,
    elapsedMs: 0,
    excessMs: 0,
    playheadMs: inMilliseconds(event.playheadMs, event.start.isLive),
    hasPosition: event.playheadMs !== 0,
    isPlayed: false,
    isCompleted: false,
    midnightWrapsMs: 0,
    firstPlayheadMs: undefined,
    range: undefined,
    highestMarker: 0,
    watched: [],
    contentPlayed: [],
    adPlayed: [],
    totals: {
      contentTimeMs: 0,
      adTimeMs: 0,
      pauseTimeMs: 0,
      pauseCount: 0,
      bufferTimeMs: 0,
      bufferCount: 0,
      stallTimeMs: 0,
      stallCount: 0,
      adCount: 0,
      chapterCount: 0,
    },
    quality: emptyQuality(),
    states: [],
    recent: remember(noDeliveries, event),
    noticed: {},
    openers: {},
    clockAheadMs: event.tsMs - event.receivedAtMs,
    longestGapMs: 0,
    eventCount: 1,
    ledger: undefined,
  }
}

/**
 * A copy that may be written to without touching the original. Whatever is not copied here is replaced, never changed.
 * The members are named, here and below, because every event makes a copy, and to spread what was made by a spread takes
 * six times as long; one that is forgotten does not compile.
 */
export function draftOf(state: SessionState): SessionState {
  return {
    sid: state.sid,
    start: state.start,
    startSeq: state.startSeq,
    life: state.life,
    waiting: state.waiting,
    areSeekedMarkersSkipped: state.areSeekedMarkersSkipped,
    segmentMinutes: state.segmentMinutes,
    main: state.main,
    adBreak: state.adBreak,
    isInAds: state.isInAds,
    ad: state.ad && copyOfAd(state.ad),
    isAdOutsideBreakOpen: state.isAdOutsideBreakOpen,
    chapter: state.chapter,
    adGap: state.adGap,
    heldChapters: state.heldChapters,
    stillRun: state.stillRun,
    lastTsMs: state.lastTsMs,
    latestTsMs: state.latestTsMs,
    lastArrivedAtMs: state.lastArrivedAtMs,
    latestArrivedAtMs: state.latestArrivedAtMs,
    elapsedMs: state.elapsedMs,
    excessMs: state.excessMs,
    playheadMs: state.playheadMs,
    hasPosition: state.hasPosition,
    isPlayed: state.isPlayed,
    isCompleted: state.isCompleted,
    midnightWrapsMs: state.midnightWrapsMs,
    firstPlayheadMs: state.firstPlayheadMs,
    range: state.range,
    highestMarker: state.highestMarker,
    watched: state.watched,
    contentPlayed: state.contentPlayed,
    adPlayed: state.adPlayed,
    totals: copyOfTotals(state.totals),
    quality: copyOfQuality(state.quality),
    states: state.states,
    recent: state.recent,
    noticed: state.noticed,
    openers: state.openers,
    clockAheadMs: state.clockAheadMs,
    longestGapMs: state.longestGapMs,
    eventCount: state.eventCount,
    ledger: state.ledger,
  }
}

function copyOfAd(open: OpenAd): OpenAd {
  const { ordinal, ad, adBreak, startedTsMs, play, timePlayedMs, overrunFromMs, isOverrun } = open
  return { ordinal, ad, adBreak, startedTsMs, play, timePlayedMs, overrunFromMs, isOverrun }
}

function copyOfTotals(totals: Totals): Totals {
  return {
    contentTimeMs: totals.contentTimeMs,
    adTimeMs: totals.adTimeMs,
    pauseTimeMs: totals.pauseTimeMs,
    pauseCount: totals.pauseCount,
    bufferTimeMs: totals.bufferTimeMs,
    bufferCount: totals.bufferCount,
    stallTimeMs: totals.stallTimeMs,
    stallCount: totals.stallCount,
    adCount: totals.adCount,
    chapterCount: totals.chapterCount,
  }
}
