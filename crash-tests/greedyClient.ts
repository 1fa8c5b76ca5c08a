/**
 * A client that sends all it can, from an address of its own, until SIGTERM; then it prints what became of it as JSON.
 * A process of its own, so that it can be held up, and does not keep the players from their clock.
 *
 *   greedyClient.ts <url>
 */
import { eventBody, startBody } from '@playhead/testing/player.ts'
import { createPoster } from '@playhead/testing/simulator/post.ts'

const atOnce = 64
const address = '127.0.0.2'

/** What the greedy client has got. */
export interface Greed {
  readonly sid: string
  readonly startTs: number
  /** `ts` of the events, by the status they got; 0 without an answer. */
  readonly tsByStatus: Readonly<Record<number, readonly number[]>>
}

const poster = createPoster(new URL(process.argv[2] ?? ''), atOnce, address)
const startTs = Date.now()
const start = await poster.post('/api/v1/sessions', startBody(startTs))
const sid = start.location?.split('/').at(-1) ?? ''
const tsByStatus: Record<number, number[]> = {}
let ts = startTs
const ending = new AbortController()
process.once('SIGTERM', () => ending.abort())
process.stdout.write('started\n')

await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (!ending.signal.aborted) {
      const own = ++ts
      const answer = await poster
        .post(`/api/v1/sessions/${sid}/events`, eventBody('ping', own, 0))
        .catch(() => undefined)
      ;(tsByStatus[answer?.status ?? 0] ??= []).push(own)
    }
  }),
)
process.stdout.write(JSON.stringify({ sid, startTs, tsByStatus } satisfies Greed))
process.exit()
