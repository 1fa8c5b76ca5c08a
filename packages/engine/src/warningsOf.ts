import type { MediaEvent, QualityUpdate, StatesChange } from './mediaEvent.ts'
import { type FoundWarning, type Warning, warningOf, WarningCode } from './warning.ts'
import { type Implausible, leftOut, measureOf, tooLong } from './plausible.ts'
import { clockOffsetMaxMs } from './deviceClock.ts'
import { isUnixTime, positionOf } from './playhead.ts'
import { isNamed } from './playerStates.ts'
import type { SessionState, StartEvent } from './state.ts'
import { isRunCutShort } from './stall.ts'
import { partsMax } from './parts.ts'
import { hasErrorId } from './quality.ts'
import { isJump, isPlayback } from './watched.ts'

/** How often one code is noted of a session: enough to see it, and no flood. */
const sameWarningsMax = 10
/** How often equal times of two events are noted of a session: SDKs send them in every one, on purpose. */
const equalTsWarningsMax = 1

/** Players ping every 10 s, browsers let background tabs run once a minute. */
const pingGapMs = 90_000
/** Below, a time to start is more likely seconds than milliseconds. */
const timeToStartMinMs = 50
/** A playhead that moves less than this in a pause may be a seek that ended beside its mark, milliseconds. */
const goneOnMinMs = 2000
/** So many times the length, a playhead is more likely milliseconds than seconds. */
const playheadFactor = 10

/** Whether an event that led from one state to the next did something odd; where it is a matter of a value, which one. */
type Sign = (event: MediaEvent, before: SessionState, after: SessionState) => boolean | string

/** What is noted of quality values that are left out. */
const implausible: Readonly<Record<Implausible, WarningCode>> = {
  bitrateInBps: WarningCode.bitrateInBps,
  timeToStartTooLong: WarningCode.timeToStartTooLong,
  outOfRange: WarningCode.qualityOutOfRange,
}

/** What a `step` can tell; of a repeated event, and of one before or after the session, there is no step. */
const signs: readonly (readonly [WarningCode, Sign])[] = [
  [WarningCode.clockBackwards, ranBackwards],
  [WarningCode.equalTs, isOfSameTime],
  [WarningCode.clockForwards, ranForwards],
  [WarningCode.pingGap, (_event, before, after) => stepMsBetween(before, after) > pingGapMs],
  [WarningCode.adOutsideBreak, ({ type }, { adBreak }) => type === 'adStart' && adBreak === undefined],
  [
    WarningCode.adNotEnded,
    ({ type }, { ad }, after) =>
      ad !== undefined && (type === 'sessionEnd' || after.ad?.ordinal !== ad.ordinal) && !isAdEnd(type),
  ],
  [
    WarningCode.adEndWithoutAd,
    ({ type }, { ad, isAdOutsideBreakOpen }) => isAdEnd(type) && !ad && !isAdOutsideBreakOpen,
  ],
  [
    WarningCode.breakNotEnded,
    ({ type }, { adBreak }) => isOneOf(type, 'adBreakStart', 'sessionEnd') && adBreak !== undefined,
  ],
  [
    WarningCode.breakEndWithoutBreak,
    ({ type }, { adBreak }) => type === 'adBreakComplete' && adBreak === undefined,
  ],
  [
    WarningCode.chapterNotEnded,
    ({ type }, { chapter }) => isOneOf(type, 'chapterStart', 'sessionEnd') && chapter !== undefined,
  ],
  [
    WarningCode.chapterEndWithoutChapter,
    ({ type }, { chapter }) => isOneOf(type, 'chapterComplete', 'chapterSkip') && chapter === undefined,
  ],
  [WarningCode.lengthTooLong, lengthTooLong],
  [WarningCode.playheadBeyondLength, (event, before) => passes(event, before, 1)],
  [WarningCode.playheadInMilliseconds, (event, before) => passes(event, before, playheadFactor)],
  [
    WarningCode.playheadInUnixTime,
    ({ playheadMs }, before) =>
      before.start.isLive && isUnixTime(playheadMs) && !isUnixTime(before.playheadMs),
  ],
  [WarningCode.playheadLeap, leaps],
  [WarningCode.playheadStuck, (_event, before, after) => after.totals.stallCount > before.totals.stallCount],
  [WarningCode.stallLimit, isRunCutShort],
  [WarningCode.playMissing, playsUnsaid],
  [WarningCode.completeTwice, ({ type }, { isCompleted }) => type === 'sessionComplete' && isCompleted],
  [WarningCode.adNeverEnded, (_event, before, { ad }) => ad?.isOverrun === true && !before.ad?.isOverrun],
  ...(Object.entries(implausible) as [Implausible, WarningCode][]).map(([why, code]): [WarningCode, Sign] => [
    code,
    (event, before) => leftOut(event.quality, measureOf(before, event), why),
  ]),
  [
    WarningCode.bitrateMissing,
    ({ type, quality }) => type === 'bitrateChange' && quality.bitrate === undefined,
  ],
  [WarningCode.timeToStartInSeconds, ({ quality }) => seemsSeconds(quality)],
  [WarningCode.errorWithoutId, (event) => event.type === 'error' && event.error.id === undefined],
  [
    WarningCode.errorLimit,
    (event, _before, { quality }) =>
      event.type === 'error' && event.error.id !== undefined && !hasErrorId(quality, event.error),
  ],
  [
    WarningCode.partLimit,
    ({ type }, _before, { totals }) =>
      (type === 'adStart' && totals.adCount > partsMax) ||
      (type === 'chapterStart' && totals.chapterCount > partsMax),
  ],
  [WarningCode.adIdEmpty, (event) => event.type === 'adStart' && !event.ad.dimensions['media.ad.id']],
  [
    WarningCode.stateLimit,
    (event, _before, { states }) =>
      statesOf(event).started.some((name) => !states.some((state) => isNamed(state, name))),
  ],
  [
    WarningCode.stateEndWithoutStart,
    (event, { states }) =>
      statesOf(event).ended.some((name) => !states.some((state) => state.isOn && isNamed(state, name))),
  ],
]

/** What was odd about an event that was applied, in the order of `WarningCode`; each only so often in a session. */
export function warningsOf(event: MediaEvent, before: SessionState, after: SessionState): FoundWarning[] {
  const found: FoundWarning[] = []
  for (const [code, isOdd] of signs) {
    const sign = isOdd(event, before, after)
    if (sign === false || (before.noticed[code] ?? 0) >= mostOf(code)) continue
    found.push(sign === true ? { code } : { code, got: sign })
  }
  return found
}

function mostOf(code: WarningCode): number {
  return code === WarningCode.equalTs ? equalTsWarningsMax : sameWarningsMax
}

/** What is odd about a session's start. */
export function warningsOfStart(event: StartEvent, state: SessionState): FoundWarning[] {
  const { tsMs, receivedAtMs, clockJumpMs = 0, start, quality } = event
  const measure = measureOf(state, event)
  const found: [WarningCode, boolean | string][] = [
    [WarningCode.clockOffset, Math.abs(tsMs - receivedAtMs - clockJumpMs) > clockOffsetMaxMs],
    [WarningCode.contentIdEmpty, !start.dimensions['media.id']],
    [WarningCode.lengthTooLong, tooLong(start.dimensions, 'media.length')],
    [WarningCode.playheadInUnixTime, start.isLive && isUnixTime(state.playheadMs)],
    ...(Object.entries(implausible) as [Implausible, WarningCode][]).map(
      ([why, code]): [WarningCode, string | false] => [code, leftOut(quality, measure, why)],
    ),
    [WarningCode.timeToStartInSeconds, seemsSeconds(quality)],
  ]
  return found.flatMap(([code, sign]) =>
    sign === false ? [] : [sign === true ? { code } : { code, got: sign }],
  )
}

/**
 * What was still open when the time of a session was out, or at the end of a downloaded list; noted about the events
 * that had opened it, for no event ended it.
 */
export function warningsLeftOpen(state: SessionState): Warning[] {
  const parts = [
    ['ad', WarningCode.adNotEnded],
    ['adBreak', WarningCode.breakNotEnded],
    ['chapter', WarningCode.chapterNotEnded],
  ] as const
  return parts.flatMap(([part, code]) => {
    const opener = state[part] && state.openers[part]
    return opener && (state.noticed[code] ?? 0) < mostOf(code) ? [warningOf(opener, code)] : []
  })
}

/** The device said the same time twice: where its clock jumped, nothing passed either. */
function isOfSameTime(
  { tsMs, clockJumpMs }: MediaEvent,
  { lastTsMs, excessMs }: SessionState,
  after: SessionState,
): boolean {
  return clockJumpMs === undefined && after.excessMs === excessMs && tsMs - excessMs === lastTsMs
}

/** By what the clock was set back, or how late the event came. */
function ranBackwards({ tsMs, clockJumpMs = 0 }: MediaEvent, { lastTsMs }: SessionState): false | string {
  const byMs = Math.max(-clockJumpMs, lastTsMs - tsMs)
  return byMs > 0 && secondsText(byMs)
}

/** What was cut off of the step; or how much further the clock has got than the server's since the session began. */
function ranForwards(
  { tsMs, receivedAtMs, clockJumpMs = 0 }: MediaEvent,
  before: SessionState,
  after: SessionState,
): false | string {
  const cutMs = after.excessMs - before.excessMs
  const aheadMs = tsMs - receivedAtMs - before.clockAheadMs
  const byMs = Math.max(clockJumpMs, cutMs, aheadMs > clockOffsetMaxMs ? aheadMs : 0)
  return byMs > 0 && secondsText(byMs)
}

function lengthTooLong(event: MediaEvent): false | string {
  if (event.type === 'adStart') return tooLong(event.ad.dimensions, 'media.ad.length')
  return event.type === 'chapterStart' && tooLong(event.chapter.dimensions, 'media.chapter.length')
}

function secondsText(ms: number): string {
  return `${ms / 1000} s`
}

/** Time that an event added to the session. */
function stepMsBetween(before: SessionState, after: SessionState): number {
  return after.elapsedMs - before.elapsedMs
}

/** Noted where the playhead crosses so many times the length, not on each event after it. */
function passes(
  event: MediaEvent,
  { start: { lengthMs, isLive }, ad, playheadMs }: SessionState,
  times: number,
): boolean {
  if (lengthMs === undefined || ad !== undefined) return false
  const [from, to] = [positionOf(playheadMs, isLive) ?? 0, positionOf(event.playheadMs, isLive) ?? 0]
  return to > lengthMs * times && from <= lengthMs * times
}

/** Where an event came too late, or the device's clock was set back, the playhead says nothing. */
function leaps(event: MediaEvent, before: SessionState): boolean {
  const { ad, main, playheadMs, lastTsMs, start } = before
  // Of live content 0 is what SDKs say until they know.
  if (start.isLive && !before.hasPosition) return false
  if (ad !== undefined || main !== 'playing' || event.tsMs < lastTsMs || event.clockJumpMs !== undefined)
    return false
  return isJump(playheadMs, event.playheadMs, event.tsMs - lastTsMs, start.isLive)
}

/**
 * The playhead goes on as if main content played, though no event says so. What moves it by a seek is no sign of it;
 * in a pause a live one goes on by itself.
 */
function playsUnsaid(event: MediaEvent, before: SessionState, after: SessionState): boolean {
  const { main, adBreak, start } = before
  if (main === 'playing' || main === 'ended' || adBreak !== undefined || event.type === 'play') return false
  const distanceMs = event.playheadMs - before.playheadMs
  const stepMs = stepMsBetween(before, after)
  if (!isPlayback(distanceMs, stepMs)) return false
  if (main === 'init') return true
  return !start.isLive && event.type === 'ping' && distanceMs >= Math.max(goneOnMinMs, stepMs / 2)
}

function seemsSeconds({ timeToStartMs = 0 }: QualityUpdate): boolean {
  return timeToStartMs > 0 && timeToStartMs < timeToStartMinMs
}

function isAdEnd(type: MediaEvent['type']): boolean {
  return isOneOf(type, 'adComplete', 'adSkip')
}

function isOneOf(type: MediaEvent['type'], ...types: readonly MediaEvent['type'][]): boolean {
  return types.includes(type)
}

function statesOf(event: MediaEvent): StatesChange {
  return 'states' in event ? event.states : noChange
}

const noChange: StatesChange = { ended: [], started: [] }
