import { type Static, Type } from 'typebox'

/** Lengths of the intervals a report can be divided into; `week` begins on Monday. */
export const granularities = [
  'second',
  'minute',
  'fiveMinutes',
  'fifteenMinutes',
  'halfHour',
  'hour',
  'day',
  'week',
  'month',
] as const
export type Granularity = (typeof granularities)[number]

export const granularity = Type.Enum([...granularities], {
  description:
    'Length of the intervals. Up to an hour they are equally long, counted from the clock of the time zone at the beginning of the range; days, weeks (from Monday) and months are those of the calendar, also where clocks change. A day that a calendar left out is no interval.',
})

/** How a value of a dimension is compared with the values of a filter. */
export const filterOperators = [
  'equals',
  'notEquals',
  'equalsIgnoringCase',
  'notEqualsIgnoringCase',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'exists',
  'notExists',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
] as const
export type FilterOperator = (typeof filterOperators)[number]

export const filter = Type.Object(
  {
    dimension: Type.String({ description: 'Id of a dimension of the catalogue, or `c.<key>`.' }),
    operator: Type.Enum([...filterOperators], {
      description:
        'The first six and the `...With` ones hold when they hold for any of `values`, the `not...` ones when they hold for all. `contains` ignores case. `lessThan` and the like take one number and a dimension that is a number. A list (genres, error ids) matches when one of its elements does. What was not sent equals nothing.',
    }),
    values: Type.Optional(
      Type.Array(Type.Unsafe<boolean | number | string>({}), {
        description: 'Texts, numbers or booleans; none for `exists` and `notExists`. At most 1000.',
      }),
    ),
  },
  { additionalProperties: false, description: 'Keeps the sessions (ads, chapters) that match.' },
)

export type Filter = Static<typeof filter>

/** Which sessions, and when: what every report and panel takes. */
export const reportRange = {
  from: Type.String({
    description:
      'The first moment: a day of the time zone such as `2026-11-20`, a time of its clock such as `2026-11-20T16:00`, or a moment such as `2026-11-20T16:00:00Z`.',
  }),
  to: Type.String({ description: 'The moment after the last: as `from`; a day means its beginning.' }),
  timeZone: Type.Optional(
    Type.String({ description: 'IANA time zone such as `Europe/Berlin`.', default: 'UTC' }),
  ),
  filters: Type.Optional(Type.Array(filter, { description: 'All of them must match. At most 20.' })),
  segments: Type.Optional(
    Type.Array(Type.String(), { description: 'Ids of segments of the catalogue; all of them must match.' }),
  ),
}
