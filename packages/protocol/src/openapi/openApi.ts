import { Type } from 'typebox'
import type { ValidationPolicy } from '../collection/ValidationPolicy.ts'
import { liveNow } from '../reporting/api/live.ts'
import { reportedProblem } from '../reporting/api/refusals.ts'
import { collectionPaths } from './collectionPaths.ts'
import { eventComponents } from './eventComponents.ts'
import { reportingPaths } from './reportingPaths.ts'

/**
 * Both APIs in OpenAPI 3.1, made from the schemas that requests are held against.
 *
 * @param policy whose schemas the bodies of events have
 * @param serverUrl scheme, host and base path that the paths are below
 */
export function openApi(policy: ValidationPolicy, serverUrl: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Playhead',
      version: '1',
      description: `Collection API and reporting API. Bodies of events as the validation policy "${policy}" takes them.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags: [
      { name: 'collection', description: 'What players speak.' },
      { name: 'reporting', description: 'What became of the sessions.' },
    ],
    paths: { ...collectionPaths, ...reportingPaths },
    // Where no token is set, none is needed.
    security: [{}, { token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Refusal: Type.Object({
          message: Type.String({ description: 'One line for people.' }),
          errors: Type.Array(reportedProblem, {
            description: 'All that is wrong; the first decides the status.',
          }),
        }),
        LiveNow: liveNow,
        ...eventComponents(policy),
      },
    },
  }
}
