import { type Fault, findBodyFaults } from '@playhead/protocol'
import type { TSchema } from 'typebox'

/** What to do where a fault of a query has no advice of its own: that of its code is for players. */
const hint = 'What it takes is in GET /openapi.json, which ids there are in GET /reporting/v1/catalog.'

/** All that is wrong with the shape of a query, or of the request of a panel. */
export function queryFaults(schema: TSchema, body: unknown): Fault[] {
  return findBodyFaults(schema, body).map((fault) => ({ ...fault, hint: fault.hint ?? hint }))
}
