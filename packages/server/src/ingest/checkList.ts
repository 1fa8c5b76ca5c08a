import {
  type DownloadEndpoint,
  DownloadProblems,
  type Problem,
  type ValidationPolicy,
} from '@playhead/protocol'
import { ListClock, type Timeouts } from '@playhead/engine'
import { type ListBounds, listElements } from '../events/listElements.ts'
import { arrivalOf } from '../events/normalise.ts'
import { readJson } from '../events/readJson.ts'

/** What has to be known of an accepted list, of which only its bytes are kept. */
export interface CheckedList {
  readonly ok: true
  /** Its first and its last event; one that has a single event has the same twice. */
  readonly first: unknown
  readonly last: unknown
  readonly events: number
  /**
   * What its id says of when the session began, epoch milliseconds: the first `ts`, by the device's last clock. It depends on the
   * list alone, so that one that is sent again has the same id; what is reported also heeds when it was uploaded (`readList`).
   */
  readonly startedAtMs: number
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
  timeouts: Timeouts,
): Generator<void, CheckedList | { readonly ok: false; readonly problems: readonly Problem[] }, void> {
  const problems = new DownloadProblems(policy, endpoint)
  const elements = listElements(body, policy, bounds)
  const clock = new ListClock(timeouts)
  let first: unknown
  let last: unknown
  let events = 0
  for (;;) {
    const { done, value } = elements.next()
    if (done === true) {
      if (value !== undefined) return { ok: false, problems: [inWholeBody(body, policy, bounds) ?? value] }
      break
    }
    if (value.index === 0) first = value.json
    last = value.json
    events += 1
    clock.take(arrivalOf(value.json, 0))
    problems.take(value.json)
    if (problems.isFull) break
    yield
  }
  const found = problems.found()
  if (found.length > 0) return { ok: false, problems: found }
  return {
    ok: true,
    first,
    last,
    events,
    startedAtMs: Math.max(0, arrivalOf(first, 0).tsMs + clock.jumpedMs),
  }
}

/** Of a short list that is no JSON the line and the column can be named. */
function inWholeBody(
  body: Buffer,
  policy: ValidationPolicy,
  { eventMaxBytes }: ListBounds,
): Problem | undefined {
  if (body.length > eventMaxBytes) return undefined
  const parsed = readJson(body, policy)
  return parsed.ok ? undefined : parsed.problems[0]
}
