import { setTimeout as wait } from 'node:timers/promises'
import type { Refusal } from '../ingest/tally.ts'
import type { Store } from '../clickhouse/store.ts'
import { type Row, wellFormed } from '../projection/rows/row.ts'
import { type WaitingRefusal, waitingRefusals } from './waitingRefusals.ts'

/** Time between two inserts of refused bodies: what a crash forgets of them at most. */
const keepIntervalMs = 5000
/** How long a stop waits for the store to take what is waiting: a sound one takes milliseconds. */
const stopMaxMs = 2000

export interface RefusalKeeper {
  readonly note: (refusal: Refusal) => void
  /** Store what is waiting, and no more afterwards. */
  stop(): Promise<void>
}

/**
 * Keep what is refused, so that it can be seen when somebody looks; what is beyond the bounds is counted. While the store
 * is away the bounds hold for all that is waiting.
 *
 * @param onTrouble hears when some could not be stored
 */
export function keepRefusals(
  store: Pick<Store, 'insert'>,
  onTrouble: (message: string, error: unknown) => void,
): RefusalKeeper {
  const waiting = waitingRefusals()
  let running: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    const taken = waiting.take()
    const last = taken.at(-1)
    if (last === undefined) return
    try {
      await store.insert('refusals', taken.map(refusalRow), `refusals to ${last.ordinal}`)
    } catch (error) {
      waiting.putBack(taken)
      onTrouble('refusals could not be stored; trying again', error)
    }
  }

  const timer = setInterval(() => {
    running = running.then(flush)
  }, keepIntervalMs)

  return {
    note: (refusal) => waiting.note(refusal),
    async stop() {
      clearInterval(timer)
      // A store that hangs is ended after this; what it did not take is forgotten, as in a crash.
      await Promise.race([running.then(flush), wait(stopMaxMs, undefined, { ref: false })])
    },
  }
}

/** A row of table `refusals`. One without a code only counts: it has no body, and the places of problems without more. */
function refusalRow({ refusal, ordinal, as, problems, times }: WaitingRefusal): Row {
  const { atMs, endpoint, sid = '', body } = refusal
  const isKept = as === 'kept'
  const [first] = isKept ? problems : []
  const told = isKept ? problems : problems.map(({ code, pointer }) => ({ code, pointer }))
  return {
    at: atMs,
    ordinal,
    endpoint,
    sid: isKept ? wellFormed(sid) : '',
    code: first?.code ?? '',
    pointer: wellFormed(first?.pointer ?? ''),
    problems: JSON.stringify(told, (_, value: unknown) =>
      typeof value === 'string' ? wellFormed(value) : value,
    ),
    body: isKept ? wellFormed(body) : '',
    alike: times,
  }
}
