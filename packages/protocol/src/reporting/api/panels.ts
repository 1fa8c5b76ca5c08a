import { type Static, Type } from 'typebox'
import { granularities, granularity, reportRange } from './reportRange.ts'

const rangeOfAnswer = {
  from: Type.String({ description: 'The range as it was understood, with the offset of the time zone.' }),
  to: Type.String(),
  timeZone: Type.String(),
}
const counted = Type.Optional(
  Type.Enum(['visitor', 'session'], {
    description: 'Who is counted once: the visitor, whatever number of sessions they have, or the session.',
    default: 'visitor',
  }),
)
const start = Type.String({
  description: 'Beginning of the interval, ISO 8601 with the offset of the time zone.',
})

/** `POST /reporting/v1/panels/concurrent` */
export const concurrentQuery = Type.Object(
  {
    ...reportRange,
    by: counted,
    grain: Type.Optional(
      Type.Enum(['second', 'minute'], {
        description:
          'In each grain those count who were active in any part of it, from their first event to their last, pauses included.',
        default: 'minute',
      }),
    ),
    granularity: Type.Optional(granularity),
  },
  { additionalProperties: false },
)
export type ConcurrentQuery = Static<typeof concurrentQuery>
const extremes = {
  max: Type.Number(),
  min: Type.Number(),
  average: Type.Number({
    description: 'Mean over the grains of the range, those included that are still to come.',
  }),
}
export const concurrentResult = Type.Object({
  ...rangeOfAnswer,
  granularity,
  rows: Type.Array(Type.Object({ start, ...extremes })),
  total: Type.Object({
    ...extremes,
    maxAt: Type.Union([Type.String(), Type.Null()], {
      description: 'The first grain with the most; null where nobody was active.',
    }),
  }),
})
export type ConcurrentResult = Static<typeof concurrentResult>

/** `POST /reporting/v1/panels/time-spent` */
export const timeSpentQuery = Type.Object(
  { ...reportRange, granularity: Type.Optional(granularity) },
  { additionalProperties: false },
)
export type TimeSpentQuery = Static<typeof timeSpentQuery>
export const timeSpentResult = Type.Object({
  ...rangeOfAnswer,
  granularity,
  rows: Type.Array(
    Type.Object({
      start,
      seconds: Type.Number({
        description: 'From first to last event of each session, as far as it lies in the interval.',
      }),
    }),
  ),
  total: Type.Object({ sum: Type.Number(), max: Type.Number(), min: Type.Number() }),
})
export type TimeSpentResult = Static<typeof timeSpentResult>

/** `POST /reporting/v1/panels/average-minute-audience` */
export const audienceQuery = Type.Object(
  {
    ...reportRange,
    per: Type.Optional(
      Type.Enum(['period', 'content'], {
        description:
          '`period`: time played in each interval divided by the minutes of it. `content`: time played of each content by the sessions that closed in the range, divided by its length.',
        default: 'period',
      }),
    ),
    of: Type.Optional(
      Type.Enum(['content', 'media'], {
        description: 'Time that counts: of content alone, or of content and ads.',
        default: 'content',
      }),
    ),
    granularity: Type.Optional(
      Type.Enum([...granularities], {
        description: 'Length of the intervals, with `per: period`: `fiveMinutes` or longer.',
      }),
    ),
    length: Type.Optional(
      Type.Number({
        minimum: 0.001,
        description:
          'Length to divide by, seconds, with `per: content`; by default the highest that was sent.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: 100,
        description: 'Contents, with `per: content`.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type AudienceQuery = Static<typeof audienceQuery>
export const audienceResult = Type.Object({
  ...rangeOfAnswer,
  granularity: Type.Optional(granularity),
  rows: Type.Optional(
    Type.Array(Type.Object({ start, seconds: Type.Number(), audience: Type.Number() }), {
      description:
        'With `per: period`: by the minutes of the interval that are in the range, those included that are still to come.',
    }),
  ),
  total: Type.Optional(
    Type.Object(
      { average: Type.Number(), max: Type.Number(), min: Type.Number() },
      { description: 'With `per: period`: over the whole of it, and of the intervals.' },
    ),
  ),
  contents: Type.Optional(
    Type.Array(
      Type.Object({
        contentId: Type.String(),
        contentName: Type.Union([Type.String(), Type.Null()]),
        length: Type.Union([Type.Number(), Type.Null()], { description: 'Seconds.' }),
        seconds: Type.Number(),
        audience: Type.Union([Type.Number(), Type.Null()], { description: 'Null without a length.' }),
      }),
      { description: 'With `per: content`: the highest first, those without a length last.' },
    ),
  ),
})
export type AudienceResult = Static<typeof audienceResult>

/** Length of a retention curve at most, seconds: 31 years, in whose milliseconds every sum is exact. */
export const curveMaxS = 1_000_000_000

/** `POST /reporting/v1/panels/retention` */
export const retentionQuery = Type.Object(
  {
    ...reportRange,
    contentId: Type.String({ description: 'The content; sessions of it that closed in the range count.' }),
    by: counted,
    step: Type.Optional(
      Type.Number({
        minimum: 0.1,
        maximum: curveMaxS,
        description:
          'Distance of the moments, seconds; by default a hundredth of the length, at least a second. 10,000 moments at most.',
      }),
    ),
    length: Type.Optional(
      Type.Number({
        minimum: 0.001,
        maximum: curveMaxS,
        description:
          'Where the curve ends, seconds; by default the highest length that was sent, and no more than the maximum.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type RetentionQuery = Static<typeof retentionQuery>
export const retentionResult = Type.Object({
  ...rangeOfAnswer,
  contentId: Type.String(),
  length: Type.Union([Type.Number(), Type.Null()], {
    description: 'Null: no session, or none with a length.',
  }),
  viewers: Type.Integer({ description: 'Who started the content: what 1 is in the shares.' }),
  points: Type.Array(
    Type.Object({
      position: Type.Number({ description: 'Playhead, seconds.' }),
      viewers: Type.Integer({ description: 'Who watched this moment, at least once.' }),
      share: Type.Number({ description: '0 to 1.' }),
    }),
  ),
})
export type RetentionResult = Static<typeof retentionResult>

/** `POST /reporting/v1/panels/starts-by-time-of-day` */
export const startsByTimeOfDayQuery = Type.Object(
  {
    ...reportRange,
    minutes: Type.Optional(
      Type.Enum([15, 30, 60], { description: 'Length of the parts of the day.', default: 60 }),
    ),
    byWeekday: Type.Optional(
      Type.Boolean({ description: 'Whether the days of the week are told apart.', default: false }),
    ),
  },
  { additionalProperties: false },
)
export type StartsByTimeOfDayQuery = Static<typeof startsByTimeOfDayQuery>
export const startsByTimeOfDayResult = Type.Object({
  ...rangeOfAnswer,
  rows: Type.Array(
    Type.Object({
      weekday: Type.Optional(Type.Integer({ description: '1 is Monday, 7 Sunday.' })),
      timeOfDay: Type.String({
        description: 'Beginning of the part, on the clock of the time zone: `16:30`.',
      }),
      mediaStarts: Type.Integer(),
      contentStarts: Type.Integer({ description: 'Of the sessions that started then.' }),
    }),
    { description: 'All parts of the day, also those without a start.' },
  ),
})
export type StartsByTimeOfDayResult = Static<typeof startsByTimeOfDayResult>
