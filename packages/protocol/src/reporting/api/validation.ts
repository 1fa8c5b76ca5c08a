import { type Static, Type } from 'typebox'
import { ValidationPolicy } from '../../collection/ValidationPolicy.ts'
import { reportedFault } from './refusals.ts'

/** `POST /reporting/v1/validate`: what would be said to a body. */
export const validation = Type.Object({
  endpoint: Type.Enum(['sessions', 'events', 'downloaded']),
  policy: Type.Enum(Object.values(ValidationPolicy)),
  isAccepted: Type.Boolean(),
  errors: Type.Array(reportedFault),
})
export type Validation = Static<typeof validation>
