import {
  type Endpoint,
  type Fault,
  findDownloadFaults,
  findFaults,
  type ValidationPolicy,
} from '@playhead/protocol'
import { readJson } from './readJson.ts'
import { acceptedRepeatedKey } from './repeatedKey.ts'

/** What the collection API takes bodies at. */
export const checkedEndpoints = ['sessions', 'events', 'downloaded'] as const satisfies readonly (
  | Endpoint
  | 'downloaded'
)[]
export type CheckedEndpoint = (typeof checkedEndpoints)[number]

/** What an endpoint would say to a body. */
export interface Checked {
  /** What it would be refused for; none: it would be taken. */
  readonly errors: readonly Fault[]
  /** What would be noted about it, were it taken: all that the strict policy would refuse. */
  readonly remarks: readonly Fault[]
}

/** Check a body as an endpoint would by a policy; nothing is taken. */
export function checkBody(body: Buffer, endpoint: CheckedEndpoint, policy: ValidationPolicy): Checked {
  const parsed = readJson(body, policy)
  if (!parsed.ok) return { errors: [parsed.fault], remarks: [] }
  const errors = findFaultsAt(endpoint, parsed.value, policy)
  if (errors.length > 0) return { errors, remarks: [] }
  const repeated = acceptedRepeatedKey(body, parsed.value)
  const remarks = findFaultsAt(endpoint, parsed.value, 'strict')
  return { errors, remarks: repeated === undefined ? remarks : [...remarks, repeated] }
}

function findFaultsAt(endpoint: CheckedEndpoint, json: unknown, policy: ValidationPolicy): Fault[] {
  if (endpoint === 'downloaded') return findDownloadFaults(json, policy, endpoint)
  if (endpoint === 'sessions' && Array.isArray(json)) return findDownloadFaults(json, policy, endpoint)
  return findFaults(json, policy, endpoint)
}
