import type { CrossFieldRule } from './CrossFieldRule.ts'
import { EventType } from './EventType.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { memberOf } from './isJsonObject.ts'
import { renderValue } from './renderValue.ts'

/** Seconds of a day: a live playhead stays below. */
export const daySeconds = 86_400

/** From here on a playhead is taken for a time stamp in seconds or milliseconds. */
const timestampMin = 1_000_000_000

/** How far beyond the end, in lengths of the content, a playhead is taken for milliseconds. */
const millisecondsFactor = 10

/** Content types whose playhead is the second of the day, in any letter case; draft-04 patterns have no flags. */
const livePattern = '^([lL][iI][vV][eE]|[lL][iI][nN][eE][aA][rR])$'
const live = new RegExp(livePattern, 'u')

/** Whether content of this `media.contentType` is live: `live` or `linear`, in any letter case. */
export function isLiveContentType(contentType: string): boolean {
  return live.test(contentType)
}

/**
 * A session starts inside its content: live below 86400, recorded below `media.length` when that is above 0.
 * Only on the sessions request; the playheads of later events have no upper bound.
 */
export const playheadRule: CrossFieldRule = {
  eventType: EventType.sessionStart,
  findProblem,
  draft04: {
    anyOf: [
      { properties: { params: { properties: { 'media.contentType': { not: { pattern: livePattern } } } } } },
      {
        properties: {
          playerTime: { properties: { playhead: { maximum: daySeconds, exclusiveMaximum: true } } },
        },
      },
    ],
  },
  description:
    'Live content (media.contentType live or linear) starts below playhead 86400. Recorded content with a media.length above 0 starts below that length; this half is enforced too, though draft-04 cannot express it.',
}

function findProblem(body: Record<string, unknown>): Problem | undefined {
  const playhead = memberOf(memberOf(body, 'playerTime'), 'playhead')
  const contentType = memberOf(memberOf(body, 'params'), 'media.contentType')
  const length = memberOf(memberOf(body, 'params'), 'media.length')
  if (typeof playhead !== 'number' || !Number.isFinite(playhead) || typeof contentType !== 'string')
    return undefined
  const isLive = isLiveContentType(contentType)
  const end = isLive ? daySeconds : length
  if (typeof end !== 'number' || !Number.isFinite(end) || end <= 0) return undefined
  if (playhead >= 0 && playhead < end) return undefined
  return {
    code: ProblemCode.playheadOutOfRange,
    pointer: '/playerTime/playhead',
    message: isLive
      ? `playerTime.playhead of live content is the second of the day, 0 to below ${end}, got ${playhead}`
      : `playerTime.playhead must be within the recorded content, 0 to below media.length ${end}, got ${playhead}`,
    expected: `0 <= playhead < ${end}`,
    got: renderValue(playhead),
    hint: playheadHint(playhead, isLive, end),
  }
}

/** What an unusable playhead was probably meant to be. */
export function playheadHint(playhead: unknown, isLive = false, end = Infinity): string {
  if (typeof playhead !== 'number')
    return 'NaN turns into null in JSON: send 0 until the player knows its position'
  if (playhead < 0) return 'send 0 until the player knows its position'
  if (playhead >= timestampMin) {
    return `this looks like a time stamp: send ${isLive ? 'the second of the day, UTC' : 'the position in the content, in seconds'}`
  }
  if (playhead >= end * millisecondsFactor)
    return 'is it in milliseconds? The playhead is in seconds: divide by 1000'
  return isLive
    ? 'send the seconds since midnight UTC: at midnight it begins at 0 again'
    : 'start at 0 when the viewer watches from the beginning; live content needs media.contentType live or linear'
}
