import { createHash } from 'node:crypto'

/** How long a start is known again after it came first: players repeat one that got no answer within seconds. */
export const repeatedWithinMaxMs = 60_000

/** Starts that are remembered, at some 400 bytes each: a minute of 800 starts a second. The oldest is forgotten. */
const startsMax = 50_000

/** A start that was taken, or is being taken. */
export interface FirstStart {
  readonly sid: string
  /** Resolves with whether the session is on disk. */
  readonly isDurable: Promise<boolean>
}

interface Remembered extends FirstStart {
  readonly receivedAtMs: number
}

/**
 * The starts of the last minute whose sessions have had no event: a start with the same bytes, from the same address, is
 * one of them again. Its answer was lost, for a player that has it goes on. In memory alone: the log does not hold the
 * addresses of clients, so a start that is repeated over a restart opens a session of its own.
 */
export class RepeatedStarts {
  /** In the order in which they came. */
  readonly #starts = new Map<string, Remembered>()
  readonly #keys = new Map<string, string>()

  /** The start that this one repeats. */
  find(key: string, nowMs: number): FirstStart | undefined {
    const first = this.#starts.get(key)
    return first !== undefined && nowMs - first.receivedAtMs <= repeatedWithinMaxMs ? first : undefined
  }

  remember(
    key: string,
    sid: string,
    receivedAtMs: number,
    appended: Promise<{ readonly ok: boolean }>,
  ): void {
    const isDurable = appended
      .catch(() => ({ ok: false }))
      .then(({ ok }) => {
        if (!ok) this.forget(sid)
        return ok
      })
    this.#drop(key)
    this.#starts.set(key, { sid, receivedAtMs, isDurable })
    this.#keys.set(sid, key)
    this.#dropOld(receivedAtMs)
  }

  /** The session has had an event, or does not exist. */
  forget(sid: string): void {
    const key = this.#keys.get(sid)
    if (key !== undefined) this.#drop(key)
  }

  #drop(key: string): void {
    const first = this.#starts.get(key)
    if (first === undefined) return
    this.#starts.delete(key)
    this.#keys.delete(first.sid)
  }

  #dropOld(nowMs: number): void {
    for (const [key, { receivedAtMs }] of this.#starts) {
      if (this.#starts.size <= startsMax && nowMs - receivedAtMs <= repeatedWithinMaxMs) return
      this.#drop(key)
    }
  }
}

/**
 * What a start is known again by. None where it names no visitor: two of them may well be two viewers behind one address.
 *
 * @param address the client's
 */
export function repeatKeyOf(start: unknown, body: Buffer, address: string): string | undefined {
  if (!namesVisitor(start)) return undefined
  return createHash('sha256').update(`${address}\0`).update(body).digest('base64')
}

const visitorKeys = [
  'visitor.marketingCloudUserId',
  'analytics.visitorId',
  'analytics.aid',
  'appInstallationId',
] as const

function namesVisitor(start: unknown): boolean {
  const params = membersOf(membersOf(start)['params'])
  const customers = Object.values(membersOf(params['visitor.customerIDs']))
  return (
    visitorKeys.some((key) => isName(params[key])) ||
    customers.some((customer) => isName(membersOf(customer)['id']))
  )
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
