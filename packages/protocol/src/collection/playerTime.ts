import { type Static, Type } from 'typebox'
import { ProblemCode } from './ProblemCode.ts'

/**
 * Smallest `ts` taken for milliseconds: 3 March 1973. Read as seconds the same number lies in the year 5138,
 * so whatever is smaller is in seconds (or no time at all).
 */
export const tsMinMs = 100_000_000_000

/** Largest `ts`: the last millisecond of the year 2299, where the store's time type ends. */
export const tsMaxMs = 10_413_791_999_999

const ts = Type.Integer({
  minimum: tsMinMs,
  maximum: tsMaxMs,
  unit: 'ms since 1970-01-01 UTC',
  description:
    'When the event happened, by the clock of the device. Equal and decreasing values are accepted: durations come from differences, and events that overtake each other by seconds are put into its order.',
  problems: { minimum: ProblemCode.tsSeconds, maximum: ProblemCode.tsTooLarge },
})

/** Where the player is and when. Closed: `playhead` and `ts`, both required. */
export const playerTime = Type.Object(
  {
    playhead: Type.Number({
      minimum: 0,
      unit: 's',
      description:
        'Recorded content: position in the main content. Live: second of the day, UTC. Stands still during ads. Fractions are welcome.',
      problems: { minimum: ProblemCode.playheadOutOfRange },
    }),
    ts,
  },
  {
    additionalProperties: false,
    description: 'Position of the player and time of the event.',
    problems: { additionalProperties: ProblemCode.unknownMember },
  },
)
export type PlayerTime = Static<typeof playerTime>

/** The `ts` of the policy `lenient`: with a fraction, and of a device that has no time yet. */
const usableTs = Type.Number({
  minimum: 0,
  maximum: tsMaxMs,
  unit: 'ms since 1970-01-01 UTC',
  description:
    'When the event happened, by the clock of the device; a fraction is rounded. A clock that stands in 1970 is good enough, for durations are differences.',
  problems: { minimum: ProblemCode.tsSeconds, maximum: ProblemCode.tsTooLarge },
})

/** The least that can be processed (policy `lenient`): any finite playhead, a `ts` in milliseconds, anything else. */
export const usablePlayerTime = Type.Object(
  {
    playhead: Type.Number({ unit: 's', description: 'Position of the player; any finite number.' }),
    ts: usableTs,
  },
  { additionalProperties: true, description: 'Position of the player and time of the event.' },
)
