import { Endpoint } from './Endpoint.ts'
import type { Problem } from './Problem.ts'
import { ProblemCode } from './ProblemCode.ts'
import { problemsMax } from './ProblemList.ts'
import { findProblems } from './findProblems.ts'
import { memberOf } from './isJsonObject.ts'
import { renderValue } from './renderValue.ts'
import type { ValidationPolicy } from './ValidationPolicy.ts'

/** Where a downloaded session is sent to: its own path, or the one of online sessions, as the mobile SDKs do. */
export type DownloadEndpoint = 'downloaded' | 'sessions'

/**
 * Everything that is wrong with a downloaded session as sent, at most `problemsMax` problems in the order of the list;
 * `[]` when the policy accepts it. The session is the list of its events, `sessionStart` first and only there. On the
 * path of online sessions `media.downloaded` has to say what the list is; on its own path it need not.
 */
export function findDownloadProblems(
  list: unknown,
  policy: ValidationPolicy,
  endpoint: DownloadEndpoint,
): Problem[] {
  if (!Array.isArray(list)) return [bodyNotArray(list)]
  const problems = new DownloadProblems(policy, endpoint)
  for (const event of list) {
    if (!problems.isFull) problems.take(event)
  }
  return problems.found()
}

/** Finds the same event by event, for a list that is too long to be looked through in one go. */
export class DownloadProblems {
  readonly #policy: ValidationPolicy
  readonly #endpoint: DownloadEndpoint
  readonly #problems: Problem[] = []
  #count = 0

  constructor(policy: ValidationPolicy, endpoint: DownloadEndpoint) {
    this.#policy = policy
    this.#endpoint = endpoint
  }

  /** Whether further events would change nothing. */
  get isFull(): boolean {
    return this.#problems.length >= problemsMax
  }

  /** Look at the next event of the list. */
  take(event: unknown): void {
    const index = this.#count
    this.#count += 1
    if (index === 0 && this.#endpoint === 'sessions' && flagOf(event) !== true)
      this.#problems.push(notFlagged(flagOf(event)))
    for (const problem of findListedProblems(event, index, this.#policy)) {
      if (this.isFull) return
      this.#problems.push({ ...problem, pointer: `/${index}${problem.pointer}` })
    }
  }

  /** What is wrong with the list, of which all events have been taken. */
  found(): Problem[] {
    return this.#count === 0 ? [downloadEmpty()] : this.#problems
  }
}

/** What is wrong with one event of a downloaded session, by its place in the list. */
export function findListedProblems(event: unknown, index: number, policy: ValidationPolicy): Problem[] {
  const problems = findProblems(event, policy, index === 0 ? Endpoint.sessions : Endpoint.events)
  // In a list it is right that the content is a downloaded one.
  return problems.filter(({ code }) => code !== ProblemCode.downloadedNeedsArray)
}

function flagOf(start: unknown): unknown {
  return memberOf(memberOf(start, 'params'), 'media.downloaded')
}

function bodyNotArray(body: unknown): Problem {
  const got = renderValue(body)
  return {
    code: ProblemCode.bodyNotArray,
    pointer: '',
    message: `the body must be a whole session, the list of its events, got ${got}`,
    expected: 'array that begins with sessionStart',
    got,
    hint: 'send a session that goes on while you report it to /api/v1/sessions, event by event',
  }
}

function downloadEmpty(): Problem {
  return {
    code: ProblemCode.downloadEmpty,
    pointer: '',
    message: 'the list of events is empty; a session begins with sessionStart',
    expected: 'array that begins with sessionStart',
    got: 'array of 0',
  }
}

function notFlagged(value: unknown): Problem {
  return {
    code: ProblemCode.downloadNotFlagged,
    pointer: '/0/params/media.downloaded',
    message: 'a list of events is taken here only when its sessionStart has media.downloaded true',
    expected: 'true',
    got: renderValue(value),
    hint: 'set media.downloaded to true, or send the list to /api/v1/downloaded',
  }
}
