import {
  type Endpoint,
  type Problem,
  findDownloadProblems,
  findProblems,
  type ValidationPolicy,
} from '@playhead/protocol'
import { readJson } from '../events/readJson.ts'
import { acceptedRepeatedKey } from '../events/repeatedKey.ts'

/** What the collection API takes bodies at. */
export const checkedEndpoints = ['sessions', 'events', 'downloaded'] as const satisfies readonly (
  | Endpoint
  | 'downloaded'
)[]
export type CheckedEndpoint = (typeof checkedEndpoints)[number]

/** What an endpoint would say to a body. */
export interface Checked {
  /** What it would be refused for; none: it would be taken. */
  readonly errors: readonly Problem[]
  /** What would be noted about it, were it taken: all that the strict policy would refuse. */
  readonly warnings: readonly Problem[]
}

/** Check a body as an endpoint would by a policy; nothing is taken. */
export function checkBody(body: Buffer, endpoint: CheckedEndpoint, policy: ValidationPolicy): Checked {
  const parsed = readJson(body, policy)
  if (!parsed.ok) return { errors: parsed.problems, warnings: [] }
  const errors = findProblemsAt(endpoint, parsed.value, policy)
  if (errors.length > 0) return { errors, warnings: [] }
  const repeated = acceptedRepeatedKey(body, parsed.value)
  const warnings = findProblemsAt(endpoint, parsed.value, 'strict')
  return { errors, warnings: repeated === undefined ? warnings : [...warnings, repeated] }
}

function findProblemsAt(endpoint: CheckedEndpoint, json: unknown, policy: ValidationPolicy): Problem[] {
  if (endpoint === 'downloaded') return findDownloadProblems(json, policy, endpoint)
  if (endpoint === 'sessions' && Array.isArray(json)) return findDownloadProblems(json, policy, endpoint)
  return findProblems(json, policy, endpoint)
}
