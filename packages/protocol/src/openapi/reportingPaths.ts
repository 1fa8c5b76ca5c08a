import type { TSchema } from 'typebox'
import { ProblemCode } from '../collection/ProblemCode.ts'
import { ValidationPolicy } from '../collection/ValidationPolicy.ts'
import * as api from '../reporting/api/index.ts'
import { answer, inPath, inQuery, json, type Operation, type Parameter, ref, refused } from './parts.ts'

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

const tags = ['reporting']
/** What may be said to anybody who asks for a report. */
const readers = [401, 403, 429] as const
const flag = { type: 'string', enum: ['0', '1'], default: '0' }
const range = (of: string): Parameter[] => [
  inQuery(
    'from',
    `${of} at or after this: a moment in ISO 8601 with a zone, or a day (its beginning in UTC).`,
  ),
  inQuery('to', `${of} before this.`),
]
const limit = (max: number) =>
  inQuery('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: max, default: 50 })

function get(
  operationId: string,
  summary: string,
  parameters: Parameter[],
  responses: object,
): Paths[string] {
  return { get: { tags, operationId, summary, parameters, responses } }
}

function panel(operationId: string, summary: string, question: TSchema, result: TSchema): Paths[string] {
  const requestBody = { required: true, ...json(question) }
  const responses = { ...answer('The figures.', result), ...refused(400, ...readers, 413, 503) }
  return { post: { tags, operationId, summary, requestBody, responses } }
}

const table = { schema: { type: 'string' } }
const rows = {
  200: {
    description: 'In the format that was asked for.',
    content: {
      'application/json': { schema: api.reportResult },
      'text/csv': table,
      'application/x-ndjson': table,
      'application/vnd.apache.parquet': { schema: { type: 'string', contentEncoding: 'binary' } },
    },
  },
}

/** What became of the sessions. */
export const reportingPaths: Paths = {
  '/reporting/v1/catalog': get(
    'getCatalog',
    'Every metric, calculated metric, dimension, segment and panel',
    [],
    { ...answer('The catalogue.', api.catalog), ...refused(...readers) },
  ),
  '/reporting/v1/query': {
    post: {
      tags,
      operationId: 'query',
      summary: 'Any metrics by any dimensions',
      requestBody: { required: true, ...json(api.reportQuery) },
      responses: { ...rows, ...refused(400, ...readers, 413, 503) },
    },
  },
  '/reporting/v1/custom-metadata': get(
    'listCustomMetadataKeys',
    'Which keys of custom metadata there are: each is the dimension `c.<key>`',
    [
      inQuery('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
      ...range('Of sessions, ads and chapters that began'),
    ],
    { ...answer('The keys.', api.customMetadataKeys), ...refused(400, ...readers, 413, 503) },
  ),
  '/reporting/v1/panels/concurrent': panel(
    'getConcurrent',
    'Concurrent viewers, or sessions',
    api.concurrentQuery,
    api.concurrentResult,
  ),
  '/reporting/v1/panels/time-spent': panel(
    'getTimeSpent',
    'Playback time spent',
    api.timeSpentQuery,
    api.timeSpentResult,
  ),
  '/reporting/v1/panels/average-minute-audience': panel(
    'getAudience',
    'Average minute audience, of a period or of each content',
    api.audienceQuery,
    api.audienceResult,
  ),
  '/reporting/v1/panels/retention': panel(
    'getRetention',
    'Share of viewers at each moment of a content',
    api.retentionQuery,
    api.retentionResult,
  ),
  '/reporting/v1/panels/starts-by-time-of-day': panel(
    'getStartsByTimeOfDay',
    'Starts by time of day',
    api.startsByTimeOfDayQuery,
    api.startsByTimeOfDayResult,
  ),
  '/reporting/v1/sessions': get(
    'listSessions',
    'The sessions, newest first; every text dimension of a session, and `c.<key>`, is a parameter too',
    [
      limit(1000),
      ...range('Sessions that began, by their `startedAt`,'),
      inQuery('before', 'Sessions that come after this one in the list: `next` of the page before.'),
      inQuery(
        'q',
        "The beginning of a session's id, or part of a title, of the content's or a viewer's id or of a player's name, in any letter case.",
      ),
      inQuery('filters', 'Filters as in a query, as JSON.'),
      inQuery('segments', 'Ids of segments, divided by commas.'),
    ],
    { ...answer('A page of them.', api.sessionList), ...refused(400, ...readers, 413, 503) },
  ),
  '/reporting/v1/sessions/{sid}': get(
    'getSession',
    'One session, with everything that was made of it',
    [
      inPath('sid', '64 hexadecimal digits.'),
      inQuery('events', '`1`: with its events, as they were sent; 100,000 at most.', flag),
      inQuery('explain', '`1`: with where each figure comes from; of 100,000 events at most.', flag),
    ],
    { ...answer('The session.', api.sessionReport), ...refused(400, ...readers, 404, 413, 503) },
  ),
  '/reporting/v1/live': get('getLive', 'What is happening now, once a second', [], {
    200: {
      description: 'Server-sent events named `now`; the data of each is a `LiveNow`.',
      content: { 'text/event-stream': { schema: ref('LiveNow') } },
    },
    ...refused(...readers, 503),
  }),
  '/reporting/v1/refusals': get(
    'listRefusals',
    'What was not taken, and why',
    [
      limit(500),
      ...range('Refused'),
      inQuery('code', 'Of any problem.', { type: 'string', enum: Object.values(ProblemCode) }),
      inQuery('sid', 'The session it was for.'),
    ],
    { ...answer('Reasons, and bodies.', api.refusalList), ...refused(400, ...readers, 413, 503) },
  ),
  '/reporting/v1/diagnostics': get(
    'getInstrumentationHealth',
    'How well the versions of the players report',
    range('Sessions that began, by their `startedAt`,'),
    { ...answer('By player and version.', api.instrumentationHealth), ...refused(400, ...readers, 413, 503) },
  ),
  '/reporting/v1/validate': {
    post: {
      tags,
      operationId: 'validate',
      summary: 'What would be said to a body; nothing is taken',
      parameters: [
        inQuery('endpoint', 'What it would be sent to.', {
          type: 'string',
          enum: ['sessions', 'events', 'downloaded'],
          default: 'events',
        }),
        inQuery('policy', "By default the server's.", {
          type: 'string',
          enum: Object.values(ValidationPolicy),
        }),
      ],
      requestBody: { required: true, description: 'Anything.', ...json({}) },
      responses: { ...answer('What would be said.', api.validation), ...refused(400, ...readers) },
    },
  },
}
