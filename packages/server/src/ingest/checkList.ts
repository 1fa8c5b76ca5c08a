import { type DownloadEndpoint, DownloadFaults, type Fault, type ValidationPolicy } from '@playhead/protocol'
import { type ListBounds, listElements } from './listElements.ts'
import { readJson } from './readJson.ts'

/** What has to be known of an accepted list, of which only its bytes are kept. */
export interface CheckedList {
  readonly ok: true
  /** Its first and its last event; one that has a single event has the same twice. */
  readonly first: unknown
  readonly last: unknown
  readonly events: number
}

/**
 * Look through a list, event by event: each is parsed, checked and let go again, so that a long list takes no more memory than
 * its bytes. As the whole list would be, it is refused for what cannot be read before it is for what it says.
 */
export function* checkList(
  body: Buffer,
  policy: ValidationPolicy,
  endpoint: DownloadEndpoint,
  bounds: ListBounds,
): Generator<void, CheckedList | { readonly ok: false; readonly faults: readonly Fault[] }, void> {
  const faults = new DownloadFaults(policy, endpoint)
  const elements = listElements(body, policy, bounds)
  let first: unknown
  let last: unknown
  let events = 0
  for (;;) {
    const { done, value } = elements.next()
    if (done === true) {
      if (value !== undefined) return { ok: false, faults: [inWholeBody(body, policy, bounds) ?? value] }
      break
    }
    if (value.index === 0) first = value.json
    last = value.json
    events += 1
    faults.take(value.json)
    if (faults.isFull) break
    yield
  }
  const found = faults.found()
  return found.length > 0 ? { ok: false, faults: found } : { ok: true, first, last, events }
}

/** Of a short list that is no JSON the line and the column can be named. */
function inWholeBody(
  body: Buffer,
  policy: ValidationPolicy,
  { eventMaxBytes }: ListBounds,
): Fault | undefined {
  if (body.length > eventMaxBytes) return undefined
  const parsed = readJson(body, policy)
  return parsed.ok ? undefined : parsed.fault
}
