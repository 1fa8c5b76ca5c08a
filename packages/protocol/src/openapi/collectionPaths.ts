import { eventTypes } from '../collection/EventType.ts'
import { inPath, json, type Operation, ref, refused } from './parts.ts'

const tags = ['collection']
const list = {
  type: 'array',
  description: 'A downloaded session, whole: its `sessionStart`, then its events in order.',
  items: { type: 'object' },
}
const opened = {
  201: {
    description: 'It is on disk. `Location` is the path of the session.',
    headers: { Location: { schema: { type: 'string' }, description: '`/api/v1/sessions/{sid}`' } },
  },
}
const body = (schema: object) => ({ requestBody: { required: true, ...json(schema) } })

/** What players speak. */
export const collectionPaths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/api/v1/sessions': {
    post: {
      tags,
      operationId: 'openSession',
      summary: 'Open a session, or hand over a downloaded one',
      ...body({ oneOf: [ref('sessionStart'), list] }),
      responses: { ...opened, ...refused(400, 403, 413, 415, 429, 503) },
    },
  },
  '/api/v1/sessions/{sid}/events': {
    post: {
      tags,
      operationId: 'sendEvent',
      summary: 'Send an event to a session',
      parameters: [inPath('sid', 'From the `Location` of the session.')],
      ...body({ oneOf: eventTypes.filter((type) => type !== 'sessionStart').map(ref) }),
      responses: { 204: { description: 'It is on disk.' }, ...refused(400, 404, 410, 413, 415, 429, 503) },
    },
  },
  '/api/v1/downloaded': {
    post: {
      tags,
      operationId: 'sendDownloaded',
      summary: 'Hand over a downloaded session',
      ...body(list),
      responses: { ...opened, ...refused(400, 403, 413, 415, 429, 503) },
    },
  },
  '/api/v1/schemas/{eventType}': {
    get: {
      tags,
      operationId: 'getSchema',
      summary: 'The JSON schema (draft-04) that bodies of an event type are held against',
      parameters: [inPath('eventType', 'Such as `play`.')],
      responses: {
        200: { description: 'As the running policy has it.', ...json({ type: 'object' }) },
        ...refused(404),
      },
    },
  },
}
