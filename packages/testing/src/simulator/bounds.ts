import type { ReportingAccuracy } from './reportingAccuracy.ts'
import type { Truth } from './truth.ts'

/**
 * How far a report may be from the truth, metric by metric, in milliseconds: what the wire does not tell. Whatever a
 * player announces is exact to the millisecond, however late or in what order it arrives. What remains:
 *
 * - the end of a session that falls silent: nothing is known of the time after its last event;
 * - stalls, which only standing playheads of several samples show;
 * - seeks that are not announced;
 * - playheads in whole seconds;
 * - players that spread the events of one moment over some milliseconds.
 */
export interface Told {
  readonly truth: Truth
  readonly accuracy: ReportingAccuracy
}

/** Standing samples that make a stall, and so the ping intervals that one can last without being seen. */
const samplesOfStall = 3
/** A leap by less than this, ahead of what was played, passes for playback that was looked at late. */
const jitterMs = 1_000

/** Silence: no more than a ping interval (or a sleep), and what waited in the player for its turn to be sent. */
export function silenceBoundMs({ truth, accuracy }: Told): number {
  return truth.ending === 'silence' ? Math.max(accuracy.pingGapMs, accuracy.sleepMs) + accuracy.waitMsMax : 0
}

/**
 * A stall is content until three samples in a row stand still, and the step in which it began always is: three ping
 * intervals of each at most, and never more than it lasted. Playheads cut to seconds move its ends by one.
 */
export function stallBoundMs(told: Told): number {
  const { truth, accuracy } = told
  const unseen = truth.stallsMs.map(
    (ms) => Math.min(ms, samplesOfStall * accuracy.pingGapMs) + cutMs(accuracy),
  )
  return sum(unseen) + accuracy.spreadMs + silenceBoundMs(told)
}

/** Stalls, and the time that unannounced seeks take: the player claims to play meanwhile. */
export function contentBoundMs(told: Told): number {
  return stallBoundMs(told) + told.truth.leapTimeMs
}

/** Exact, but for the end of a session that falls silent. */
export function adBoundMs(told: Told): number {
  return told.accuracy.spreadMs + silenceBoundMs(told)
}

/** Exact, but for the end of a session that falls silent. */
export function pauseBoundMs(told: Told): number {
  return told.accuracy.spreadMs + silenceBoundMs(told)
}

/** Exact, but for the end of a session that falls silent. */
export function bufferBoundMs(told: Told): number {
  return told.accuracy.spreadMs + silenceBoundMs(told)
}

/** As for content: a chapter is content with a name. */
export function chapterBoundMs(told: Told): number {
  return contentBoundMs(told)
}

/** Exact, but for the end of a session that falls silent. */
export function stateBoundMs(told: Told): number {
  return told.accuracy.spreadMs + silenceBoundMs(told)
}

/**
 * An unannounced seek is taken to have happened right after the last sample: up to a ping interval of play goes to
 * the wrong place, or is made up where a short leap ahead passes for playback. Announced seeks are exact, but whole
 * seconds lose or add up to one at both ends of each stretch.
 */
export function uniqueBoundMs(told: Told): number {
  const { truth, accuracy } = told
  const leaps = truth.leaps * (accuracy.speed * accuracy.pingGapMs + jitterMs) + truth.leapTimeMs
  const cuts = truth.stretches * cutMs(accuracy)
  return leaps + cuts + accuracy.spreadMs + accuracy.speed * silenceBoundMs(told)
}

/** A playhead and its cut value differ by less than this; milliseconds are rounded as well. */
function cutMs({ playheadStepMs }: ReportingAccuracy): number {
  return playheadStepMs
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
