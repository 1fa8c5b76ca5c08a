import type { MediaEvent, StatesChange } from './mediaEvent.ts'
import { Oddity } from './oddity.ts'
import { statesMax } from './playerStates.ts'
import type { SessionState, StartEvent } from './state.ts'
import { isJump } from './watched.ts'

/** How often one oddity is noted of a session: enough to see it, and no flood. */
const noticesMax = 10
/** How often equal times of two events are noted of a session: SDKs send them in every one, on purpose. */
const equalTsNoticesMax = 1

/** A device clock further off than this is noted, milliseconds. A start may well have waited a minute in a queue. */
const clockOffsetMs = 300_000
/** Players ping every 10 s, browsers let background tabs run once a minute. */
const pingGapMs = 90_000
/** Above 100 Mbit/s a bitrate is more likely bits than kilobits per second. */
const bitrateMax = 100_000
/** Below, a time to start is more likely seconds than milliseconds. */
const timeToStartMinMs = 50
/** So many times the length, a playhead is more likely milliseconds than seconds. */
const playheadFactor = 10

/** Whether an event that led from one state to the next did something odd. */
type Sign = (event: MediaEvent, before: SessionState, after: SessionState) => boolean

/** What a `step` can tell; of a repeated event, and of one before or after the session, there is no step. */
const signs: readonly (readonly [Oddity, Sign])[] = [
  [Oddity.clockBackwards, ({ tsMs }, { lastTsMs }) => tsMs < lastTsMs],
  [Oddity.equalTs, ({ tsMs }, { lastTsMs }) => tsMs === lastTsMs],
  [Oddity.pingGap, ({ tsMs }, { lastTsMs }) => tsMs - lastTsMs > pingGapMs],
  [Oddity.adOutsideBreak, ({ type }, { adBreak }) => type === 'adStart' && adBreak === undefined],
  [
    Oddity.adNotEnded,
    ({ type }, { ad }, after) => ad !== undefined && after.ad?.ordinal !== ad.ordinal && !isAdEnd(type),
  ],
  [Oddity.adEndWithoutAd, ({ type }, { ad, isStrayAdOpen }) => isAdEnd(type) && !ad && !isStrayAdOpen],
  [
    Oddity.breakNotEnded,
    ({ type }, { adBreak }) => isOneOf(type, 'adBreakStart', 'sessionEnd') && adBreak !== undefined,
  ],
  [
    Oddity.breakEndWithoutBreak,
    ({ type }, { adBreak }) => type === 'adBreakComplete' && adBreak === undefined,
  ],
  [
    Oddity.chapterNotEnded,
    ({ type }, { chapter }) => isOneOf(type, 'chapterStart', 'sessionEnd') && chapter !== undefined,
  ],
  [
    Oddity.chapterEndWithoutChapter,
    ({ type }, { chapter }) => isOneOf(type, 'chapterComplete', 'chapterSkip') && chapter === undefined,
  ],
  [Oddity.playheadBeyondLength, (event, before) => passes(event, before, 1)],
  [Oddity.playheadInMilliseconds, (event, before) => passes(event, before, playheadFactor)],
  [Oddity.playheadLeap, leaps],
  [Oddity.playheadStuck, (_event, before, after) => after.totals.stallCount > before.totals.stallCount],
  [
    Oddity.playMissing,
    ({ playheadMs }, before) => before.main === 'init' && !before.adBreak && playheadMs > before.playheadMs,
  ],
  [Oddity.completeTwice, ({ type }, { isCompleted }) => type === 'sessionComplete' && isCompleted],
  [Oddity.bitrateInBps, ({ quality }) => (quality.bitrate ?? 0) > bitrateMax],
  [Oddity.bitrateMissing, ({ type, quality }) => type === 'bitrateChange' && quality.bitrate === undefined],
  [
    Oddity.timeToStartInSeconds,
    ({ quality: { timeToStartMs = 0 } }) => timeToStartMs > 0 && timeToStartMs < timeToStartMinMs,
  ],
  [Oddity.errorWithoutId, (event) => event.type === 'error' && event.error.id === undefined],
  [Oddity.adIdEmpty, (event) => event.type === 'adStart' && !event.ad.dimensions['media.ad.id']],
  [
    Oddity.stateLimit,
    (event, { states }) => statesOf(event).started.some((name) => isBeyondLimit(name, states)),
  ],
  [
    Oddity.stateEndWithoutStart,
    (event, { states }) =>
      statesOf(event).ended.some((name) => !states.some((state) => state.isOn && isNamed(state, name))),
  ],
]

/** What was odd about an event that was applied, in the order of `Oddity`; each only so often in a session. */
export function odditiesOf(event: MediaEvent, before: SessionState, after: SessionState): Oddity[] {
  const found: Oddity[] = []
  for (const [oddity, isOdd] of signs) {
    if (isOdd(event, before, after) && (before.noticed[oddity] ?? 0) < mostOf(oddity)) found.push(oddity)
  }
  return found
}

function mostOf(oddity: Oddity): number {
  return oddity === Oddity.equalTs ? equalTsNoticesMax : noticesMax
}

/** What is odd about a session's start. */
export function odditiesOfStart({ tsMs, receivedAtMs, start, quality }: StartEvent): Oddity[] {
  const found: [Oddity, boolean][] = [
    [Oddity.clockOffset, Math.abs(tsMs - receivedAtMs) > clockOffsetMs],
    [Oddity.contentIdEmpty, !start.dimensions['media.id']],
    [Oddity.bitrateInBps, (quality.bitrate ?? 0) > bitrateMax],
    [
      Oddity.timeToStartInSeconds,
      (quality.timeToStartMs ?? 0) > 0 && (quality.timeToStartMs ?? 0) < timeToStartMinMs,
    ],
  ]
  return found.filter(([, isOdd]) => isOdd).map(([oddity]) => oddity)
}

/** Noted where the playhead crosses so many times the length, not on each event after it. */
function passes(
  event: MediaEvent,
  { start: { lengthMs }, ad, playheadMs }: SessionState,
  times: number,
): boolean {
  if (lengthMs === undefined || ad !== undefined) return false
  return event.playheadMs > lengthMs * times && playheadMs <= lengthMs * times
}

function leaps(event: MediaEvent, { ad, main, playheadMs, lastTsMs, start }: SessionState): boolean {
  if (ad !== undefined || main !== 'playing') return false
  return isJump(playheadMs, event.playheadMs, Math.max(0, event.tsMs - lastTsMs), start.isLive)
}

function isAdEnd(type: MediaEvent['type']): boolean {
  return isOneOf(type, 'adComplete', 'adSkip')
}

function isOneOf(type: MediaEvent['type'], ...types: readonly MediaEvent['type'][]): boolean {
  return types.includes(type)
}

function statesOf(event: MediaEvent): StatesChange {
  return 'states' in event ? event.states : { ended: [], started: [] }
}

function isBeyondLimit(name: string, states: SessionState['states']): boolean {
  return states.length >= statesMax && !states.some((state) => isNamed(state, name))
}

function isNamed(state: { readonly name: string }, name: string): boolean {
  return state.name.toLowerCase() === name.toLowerCase()
}
