import type { CrossFieldRule } from './CrossFieldRule.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { memberOf } from './isJsonObject.ts'
import { renderValue } from './renderValue.ts'
import { tsHint } from './tsHint.ts'

/** Seconds since 1970 of 9 September 2001, and of 20 November 2286. As milliseconds these are 12 and 116 days after 1970. */
const [secondsMin, secondsMax] = [1_000_000_000, 9_999_999_999]

/**
 * The lenient policy takes the clock of a device that has no time yet: it stands in 1970, and durations are differences.
 * A `ts` in seconds looks the same, and all durations would be a thousand times too short: it is refused by what it would
 * be as seconds. A device that has been on for twelve days without a time is refused with it.
 */
export const secondsRule: CrossFieldRule = {
  findProblem,
  draft04: {
    properties: {
      playerTime: { properties: { ts: { not: { minimum: secondsMin, maximum: secondsMax } } } },
    },
  },
  description: 'playerTime.ts is in milliseconds: from 1000000000 to 9999999999 it is taken for seconds.',
}

function findProblem(body: Record<string, unknown>): Problem | undefined {
  const ts = memberOf(memberOf(body, 'playerTime'), 'ts')
  if (typeof ts !== 'number' || ts < secondsMin || ts > secondsMax) return undefined
  const hint = tsHint(ts)
  return {
    code: ProblemCode.tsSeconds,
    pointer: '/playerTime/ts',
    message: `playerTime.ts must be in milliseconds since 1970, got ${renderValue(ts)}`,
    expected: 'milliseconds since 1970',
    got: renderValue(ts),
    ...(hint !== undefined && { hint }),
  }
}
