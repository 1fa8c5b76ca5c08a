import { type Static, Type } from 'typebox'
import { granularity, reportRange } from './reportRange.ts'

/** The forms in which a report is answered. */
export const reportFormats = ['json', 'csv', 'ndjson', 'parquet'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Most rows on one page of a report as JSON. */
export const jsonRowsMax = 10_000
/** Most rows of a report in the other formats, in one answer. */
export const tableRowsMax = 1_000_000

/** `POST /reporting/v1/query` */
export const reportQuery = Type.Object(
  {
    metrics: Type.Array(Type.String(), {
      description:
        'Ids of metrics of the catalogue, calculated ones too, or `states.<name>.set`, `.count`, `.time`. 1 to 20.',
    }),
    dimensions: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Ids of dimensions of the catalogue, or `c.<key>` for custom metadata. At most 4. Of an ad only ads have dimensions, of a chapter only chapters.',
      }),
    ),
    ...reportRange,
    granularity: Type.Optional(granularity),
    compareTo: Type.Optional(
      Type.String({
        description:
          'Another period, whose values are put beside: `previousPeriod` (as long, and right before; whole days, weeks or months stay such), `previousYear`, or its first moment in the form of `from` (it is as long then).',
      }),
    ),
    orderBy: Type.Optional(
      Type.String({
        description:
          'Id of a metric or dimension that was asked for, or `start` (of the interval); a minus sign before it means descending. By default `start`, then the first metric descending.',
      }),
    ),
    top: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ minimum: 1, maximum: 1000 }),
          by: Type.Optional(
            Type.String({
              description: 'Id of a metric that was asked for; by default the first one.',
            }),
          ),
          other: Type.Optional(
            Type.Boolean({
              description:
                'Whether all the rest becomes one more row. A session with several values there counts in it once.',
              default: false,
            }),
          ),
        },
        {
          additionalProperties: false,
          description:
            'Only the values of the dimensions with the highest figures over the whole range. Needs a dimension.',
        },
      ),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: tableRowsMax,
        description: `Rows at most; in JSON, ${jsonRowsMax} of them and by default 100, in the other formats by default all that are allowed.`,
      }),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: tableRowsMax, default: 0 })),
    totals: Type.Optional(
      Type.Boolean({ description: 'Whether JSON has the totals of all that matches.', default: true }),
    ),
    format: Type.Optional(
      Type.Enum([...reportFormats], { description: 'Form of the answer.', default: 'json' }),
    ),
  },
  { additionalProperties: false },
)
export type ReportQuery = Static<typeof reportQuery>

const metricValues = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]), {
  description:
    'By the ids asked for. Null: there is nothing to divide by, or nothing to take a mean of; a sum of nothing is 0. Durations are seconds. Means have 12 significant digits.',
})

const bases = Type.Record(Type.String(), Type.Number(), {
  description:
    'Of metrics that are a mean over the sessions that have a value: how many these are. The others are left out of it: they sent none, or one that cannot be.',
})

export const reportRow = Type.Object({
  start: Type.Optional(
    Type.String({ description: 'Beginning of the interval, ISO 8601 with the offset of the time zone.' }),
  ),
  isOther: Type.Optional(
    Type.Literal(true, { description: 'The row of all that is not among the top; its dimensions are null.' }),
  ),
  dimensions: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
    {
      description: 'By the ids asked for. Null: not sent, or empty.',
    },
  ),
  metrics: metricValues,
  basis: Type.Optional(bases),
  previous: Type.Optional(metricValues),
  previousBasis: Type.Optional(bases),
})
export type ReportRow = Static<typeof reportRow>

export const period = Type.Object({ from: Type.String(), to: Type.String() })

export const reportResult = Type.Object({
  from: Type.String({ description: 'The range as it was understood, with the offset of the time zone.' }),
  to: Type.String(),
  timeZone: Type.String(),
  comparedTo: Type.Optional(period),
  rows: Type.Array(reportRow),
  totals: Type.Optional(
    Type.Object(
      {
        metrics: metricValues,
        basis: Type.Optional(bases),
        previous: Type.Optional(metricValues),
        previousBasis: Type.Optional(bases),
      },
      {
        description:
          'Of all that matches, whatever the page, each session, ad and chapter once; so they may be less than the sum of the rows where a session has several values (genres), and uniques are not the sum of theirs.',
      },
    ),
  ),
  page: Type.Object({
    offset: Type.Integer(),
    limit: Type.Integer(),
    rows: Type.Integer({ description: 'Rows there are in all.' }),
  }),
})
export type ReportResult = Static<typeof reportResult>
