import { setTimeout as wait } from 'node:timers/promises'
import type { Refusal } from '../ingest/tally.ts'
import type { Store } from '../store/store.ts'
import { type Row, wellFormed } from '../store/rows/row.ts'

/** Time between two inserts of refused bodies: what a crash forgets of them at most. */
const keepIntervalMs = 5000
/** How long a stop waits for the store to take what is waiting: a sound one takes milliseconds. */
const stopMaxMs = 2000
/** Refused bodies kept in five seconds at most: a flood must not fill the disk. */
const keptMax = 20
/** The same of one kind (endpoint, code and place); the rest is counted: some show what a flood is made of. */
const keptOfKindMax = 3

export interface RefusalKeeper {
  readonly note: (refusal: Refusal) => void
  /** Store what is waiting, and no more afterwards. */
  stop(): Promise<void>
}

/**
 * Keep what is refused, so that it can be seen when somebody looks. Those beyond the bounds are counted in one of their
 * kind (the same faults at the same places), or else in one with the same first fault. While the store is away the bounds
 * hold for all that is waiting.
 *
 * @param onTrouble hears when some could not be stored, or were too many and different to be kept
 */
export function keepRefusals(
  store: Pick<Store, 'insert'>,
  onTrouble: (message: string, error?: unknown) => void,
): RefusalKeeper {
  let waiting: { readonly kinds: Kinds; readonly row: Row & { alike: number } }[] = []
  let ordinal = 0
  let leftOut = 0
  let running: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    if (leftOut > 0) onTrouble(`${leftOut} refusals were not kept: there were too many kinds of them at once`)
    leftOut = 0
    if (waiting.length === 0) return
    const [taken, batch] = [waiting, `refusals to ${ordinal}`]
    waiting = []
    try {
      await store.insert(
        'refusals',
        taken.map(({ row }) => row),
        batch,
      )
    } catch (error) {
      waiting = [...taken, ...waiting].slice(0, keptMax)
      onTrouble('refusals could not be stored; trying again', error)
    }
  }

  const timer = setInterval(() => {
    running = running.then(flush)
  }, keepIntervalMs)

  return {
    note(refusal) {
      const kinds = kindsOf(refusal)
      const ofKind = waiting.filter((other) => other.kinds.whole === kinds.whole)
      const isFull = waiting.length >= keptMax
      if (ofKind.length < keptOfKindMax && !isFull) {
        waiting.push({ kinds, row: { ...refusalRow(refusal, ordinal), alike: 1 } })
        ordinal += 1
        return
      }
      const like = ofKind.at(-1) ?? waiting.findLast((other) => other.kinds.first === kinds.first)
      if (like === undefined) leftOut += 1
      else like.row.alike += 1
    },
    async stop() {
      clearInterval(timer)
      // A store that hangs is ended after this; what it did not take is forgotten, as in a crash.
      await Promise.race([running.then(flush), wait(stopMaxMs, undefined, { ref: false })])
    },
  }
}

/** What a refusal has in common with others: all that is wrong, or the first fault at least. */
interface Kinds {
  readonly whole: string
  readonly first: string
}

function kindsOf({ endpoint, suites, faults }: Refusal): Kinds {
  const [first = '', ...others] = faults.map(({ code, pointer }) => `${code} ${pointer}`)
  const about = JSON.stringify([endpoint, suites, first])
  return { whole: JSON.stringify([about, others]), first: about }
}

/** A row of table `refusals`, without how many it stands for. */
function refusalRow({ atMs, endpoint, sid = '', faults, body }: Refusal, ordinal: number): Row {
  const [first] = faults
  return {
    at: atMs,
    ordinal,
    endpoint,
    sid: wellFormed(sid),
    code: first?.code ?? '',
    pointer: wellFormed(first?.pointer ?? ''),
    faults: JSON.stringify(faults, (_, value: unknown) =>
      typeof value === 'string' ? wellFormed(value) : value,
    ),
    body: wellFormed(body),
  }
}
