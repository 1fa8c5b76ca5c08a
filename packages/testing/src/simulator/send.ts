import type { FleetArrival } from './fleet.ts'
import type { Answer, Poster } from './post.ts'
import { createSlots } from './slots.ts'
import type { Tally } from './tally.ts'

/** A session on its way: its requests go one after the other, in the order of their arrival. */
interface Lane {
  /** Where its events go; `undefined` until it is opened, and when it was refused. */
  path: string | undefined
  last: Promise<void>
}

/**
 * Arrivals that wait for their turn at most. So many that days with few viewers are sent beside each other: within a
 * session one request waits for the other, and alone that is slow.
 */
const waitingMax = 20_000

/** Requests without any answer in a row, after which the server is given up. */
const unansweredMax = 20

/**
 * Send arrivals to a server, those of different sessions beside each other as far as the poster's connections go, and
 * count what becomes of them.
 * Resolves when all are answered.
 *
 * @throws when the server does not answer at all
 */
export async function send(
  arrivals: AsyncIterable<FleetArrival>,
  poster: Poster,
  tally: Tally,
): Promise<void> {
  const slots = createSlots(waitingMax)
  const lanes = new Map<number, Lane>()
  let unanswered: readonly Error[] = []

  async function deliver(lane: Lane, { body }: FleetArrival): Promise<void> {
    const isStart = body.eventType === 'sessionStart'
    const path = isStart ? '/api/v1/sessions' : lane.path
    if (path === undefined) {
      tally.unsent()
      return
    }
    try {
      const answer = await poster.post(path, body)
      unanswered = []
      if (isStart && answer.status === 201 && answer.location !== undefined) {
        lane.path = `${answer.location}/events`
      }
      if (answer.status === (isStart ? 201 : 204)) tally.taken(body.eventType)
      else tally.refused(reasonOf(answer))
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      unanswered = [...unanswered, cause]
      tally.refused(`no answer: ${cause.message}`)
    }
  }

  for await (const arrival of arrivals) {
    await slots.take()
    giveUpIfUnanswered()
    const { number } = arrival.session
    const lane = lanes.get(number) ?? { path: undefined, last: Promise.resolve() }
    if (arrival.isLast) lanes.delete(number)
    else lanes.set(number, lane)
    lane.last = lane.last.then(() => deliver(lane, arrival)).finally(() => slots.give())
  }
  await slots.allFree()
  giveUpIfUnanswered()

  function giveUpIfUnanswered(): void {
    const [cause] = unanswered
    if (unanswered.length >= unansweredMax) throw new Error('the server does not answer', { cause })
  }
}

/** Status and problem code, such as `410 session_closed`. */
function reasonOf({ status, text }: Answer): string {
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1]
  return code === undefined ? String(status) : `${status} ${code}`
}
