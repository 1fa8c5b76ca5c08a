import {
  type Endpoint,
  type Fault,
  findDownloadFaults,
  findFaults,
  type ValidationPolicy,
} from '@playhead/protocol'
import { readJson } from './readJson.ts'

/** What the collection API takes bodies at. */
export const checkedEndpoints = ['sessions', 'events', 'downloaded'] as const satisfies readonly (
  | Endpoint
  | 'downloaded'
)[]
export type CheckedEndpoint = (typeof checkedEndpoints)[number]

/** Everything that an endpoint would refuse a body for, by a policy; nothing is taken. */
export function checkBody(
  body: Buffer,
  endpoint: CheckedEndpoint,
  policy: ValidationPolicy,
): readonly Fault[] {
  const parsed = readJson(body, policy)
  if (!parsed.ok) return [parsed.fault]
  if (endpoint === 'downloaded') return findDownloadFaults(parsed.value, policy, endpoint)
  if (endpoint === 'sessions' && Array.isArray(parsed.value))
    return findDownloadFaults(parsed.value, policy, endpoint)
  return findFaults(parsed.value, policy, endpoint)
}
