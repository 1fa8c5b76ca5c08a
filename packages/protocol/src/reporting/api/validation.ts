import { type Static, Type } from 'typebox'
import { ValidationPolicy } from '../../collection/ValidationPolicy.ts'
import { reportedProblem } from './refusals.ts'

/** `POST /reporting/v1/validate`: what would be said to a body. */
export const validation = Type.Object({
  endpoint: Type.Enum(['sessions', 'events', 'downloaded']),
  policy: Type.Enum(Object.values(ValidationPolicy)),
  isAccepted: Type.Boolean(),
  status: Type.Integer({
    description: 'The HTTP status that a player would get; of an event, if its session is open.',
  }),
  errors: Type.Array(reportedProblem, { description: 'What it would be refused for.' }),
  warnings: Type.Array(reportedProblem, {
    description:
      'What would be noted about it, were it taken: all that the policy `strict` would refuse. None where it is refused.',
  }),
})
export type Validation = Static<typeof validation>
