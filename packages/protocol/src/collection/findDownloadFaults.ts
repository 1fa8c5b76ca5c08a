import { Endpoint } from './Endpoint.ts'
import type { Fault } from './Fault.ts'
import { FaultCode } from './FaultCode.ts'
import { faultsMax } from './FaultList.ts'
import { findFaults } from './findFaults.ts'
import { memberOf } from './isJsonObject.ts'
import { renderValue } from './renderValue.ts'
import type { ValidationPolicy } from './ValidationPolicy.ts'

/** Where a downloaded session is sent to: its own path, or the one of online sessions, as the mobile SDKs do. */
export type DownloadEndpoint = 'downloaded' | 'sessions'

/**
 * Everything that is wrong with a downloaded session as sent, at most `faultsMax` faults in the order of the list;
 * `[]` when the policy accepts it. The session is the list of its events, `sessionStart` first and only there. On the
 * path of online sessions `media.downloaded` has to say what the list is; on its own path it need not.
 */
export function findDownloadFaults(
  list: unknown,
  policy: ValidationPolicy,
  endpoint: DownloadEndpoint,
): Fault[] {
  if (!Array.isArray(list)) return [bodyNotArray(list)]
  const faults = new DownloadFaults(policy, endpoint)
  for (const event of list) {
    if (!faults.isFull) faults.take(event)
  }
  return faults.found()
}

/** Finds the same event by event, for a list that is too long to be looked through in one go. */
export class DownloadFaults {
  readonly #policy: ValidationPolicy
  readonly #endpoint: DownloadEndpoint
  readonly #faults: Fault[] = []
  #count = 0

  constructor(policy: ValidationPolicy, endpoint: DownloadEndpoint) {
    this.#policy = policy
    this.#endpoint = endpoint
  }

  /** Whether further events would change nothing. */
  get isFull(): boolean {
    return this.#faults.length >= faultsMax
  }

  /** Look at the next event of the list. */
  take(event: unknown): void {
    const index = this.#count
    this.#count += 1
    if (index === 0 && this.#endpoint === 'sessions' && flagOf(event) !== true)
      this.#faults.push(notFlagged(flagOf(event)))
    for (const fault of findListedFaults(event, index, this.#policy)) {
      if (this.isFull) return
      this.#faults.push({ ...fault, pointer: `/${index}${fault.pointer}` })
    }
  }

  /** What is wrong with the list, of which all events have been taken. */
  found(): Fault[] {
    return this.#count === 0 ? [downloadEmpty()] : this.#faults
  }
}

/** What is wrong with one event of a downloaded session, by its place in the list. */
export function findListedFaults(event: unknown, index: number, policy: ValidationPolicy): Fault[] {
  const faults = findFaults(event, policy, index === 0 ? Endpoint.sessions : Endpoint.events)
  // In a list it is right that the content is a downloaded one.
  return faults.filter(({ code }) => code !== FaultCode.downloadedNeedsArray)
}

function flagOf(start: unknown): unknown {
  return memberOf(memberOf(start, 'params'), 'media.downloaded')
}

function bodyNotArray(body: unknown): Fault {
  const got = renderValue(body)
  return {
    code: FaultCode.bodyNotArray,
    pointer: '',
    message: `the body must be a whole session, the list of its events, got ${got}`,
    expected: 'array that begins with sessionStart',
    got,
    hint: 'send a session that goes on while you report it to /api/v1/sessions, event by event',
  }
}

function downloadEmpty(): Fault {
  return {
    code: FaultCode.downloadEmpty,
    pointer: '',
    message: 'the list of events is empty; a session begins with sessionStart',
    expected: 'array that begins with sessionStart',
    got: 'array of 0',
  }
}

function notFlagged(value: unknown): Fault {
  return {
    code: FaultCode.downloadNotFlagged,
    pointer: '/0/params/media.downloaded',
    message: 'a list of events is taken here only when its sessionStart has media.downloaded true',
    expected: 'true',
    got: renderValue(value),
    hint: 'set media.downloaded to true, or send the list to /api/v1/downloaded',
  }
}
