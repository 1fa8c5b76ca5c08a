/** What the players know of one session: the events are told apart by their `ts`, which no two of them share. */
export interface SentSession {
  readonly sid: string
  /** Events that were answered 201 or 204: each must be there once. */
  readonly acknowledged: Set<number>
  /** Events without an answer, or refused because the disk has failed: each may be there once. */
  readonly unanswered: Set<number>
  /** Whether a `sessionEnd` got no answer: the session may be over. */
  mayBeEnded: boolean
  /** Whether it is over for sure: the `sessionEnd` was acknowledged, or a later event got 410. */
  isEnded: boolean
}

/** What was sent to a server, and what it said to it: kept by the players, outside of all that is crashed. */
export class Ledger {
  readonly sessions = new Map<string, SentSession>()
  /** `media.id` of starts without an answer, one each: nobody knows the id of the session, if there is one. */
  readonly unansweredStarts = new Set<string>()
  /** Requests that were answered 503. */
  unavailable = 0
  /** Answers that no fault excuses. */
  readonly unexpected: string[] = []

  open(sid: string, ts: number): SentSession {
    if (this.sessions.has(sid)) this.unexpected.push(`session id ${sid} was given twice`)
    const session = {
      sid,
      acknowledged: new Set([ts]),
      unanswered: new Set<number>(),
      mayBeEnded: false,
      isEnded: false,
    }
    this.sessions.set(sid, session)
    return session
  }

  get acknowledged(): number {
    return [...this.sessions.values()].reduce((sum, session) => sum + session.acknowledged.size, 0)
  }

  /** Sessions that were ended, in the order of their starts. */
  get ended(): SentSession[] {
    return [...this.sessions.values()].filter(({ isEnded }) => isEnded)
  }
}
