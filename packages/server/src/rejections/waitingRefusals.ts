import type { Problem } from '@playhead/protocol'
import type { Refusal } from '../ingest/tally.ts'

/** Refused bodies kept in five seconds at most: a flood must not fill the disk. */
const keptMax = 20
/** The same of one endpoint, report suite and code of the first problem: one player's flood must not hide another's. */
const keptOfCodeMax = 6
/** The same of one kind, which is all problems at the same places; the rest is counted: some show what a flood is made of. */
const keptOfKindMax = 3
/** Rows in five seconds at most that count what is not kept; what is in none of them counts in the total alone. */
const countedMax = 20

/** One that was refused, or several that are alike. */
export interface WaitingRefusal {
  readonly refusal: Refusal
  /** Tells those of the same millisecond apart. */
  readonly ordinal: number
  /** `kept` with its body; `counted` under the problems that all of them have; or in the `total`, without any. */
  readonly as: 'kept' | 'counted' | 'total'
  /** What those that are alike have in common. */
  readonly kind: string
  /** Endpoint, report suites, and code of the first problem. */
  readonly codeKind: string
  readonly problems: readonly Problem[]
  readonly times: number
}

export interface WaitingRefusals {
  note(refusal: Refusal): void
  /** All that is waiting, which is then no longer here. */
  take(): readonly WaitingRefusal[]
  /** What could not be stored waits again, and what has come since finds its place behind it. */
  putBack(taken: readonly WaitingRefusal[]): void
}

/** Refusals until they are stored, within bounds. Each is counted once, and under no problem that it does not have. */
export function waitingRefusals(): WaitingRefusals {
  let waiting: WaitingRefusal[] = []
  let ordinal = 0

  function add(one: WaitingRefusal): void {
    if (hasRoom(one)) {
      waiting.push(one)
      return
    }
    const at = waiting.findLastIndex(({ kind }) => kind === one.kind)
    const like = waiting[at]
    if (like === undefined) add(one.as === 'kept' ? counted(one) : inTotal(one))
    else waiting[at] = { ...like, problems: shared(like, one), times: like.times + one.times }
  }

  function hasRoom(one: WaitingRefusal): boolean {
    const count = (isMeant: (other: WaitingRefusal) => boolean) => waiting.filter(isMeant).length
    const ofKind = count(({ kind }) => kind === one.kind)
    const beside = count((other) => other.as === one.as)
    if (one.as === 'total') return ofKind === 0
    if (one.as === 'counted') return ofKind === 0 && beside < countedMax
    const ofCode = count(({ as, codeKind }) => as === 'kept' && codeKind === one.codeKind)
    return ofKind < keptOfKindMax && ofCode < keptOfCodeMax && beside < keptMax
  }

  return {
    note(refusal) {
      add(kept(refusal, ordinal))
      ordinal = (ordinal + 1) % 2 ** 32
    },
    take() {
      const taken = waiting
      waiting = []
      return taken
    },
    putBack(taken) {
      const since = waiting
      waiting = [...taken]
      for (const one of since) add(one)
    },
  }
}

function kept(refusal: Refusal, ordinal: number): WaitingRefusal {
  const { endpoint, suites, problems } = refusal
  const kind = JSON.stringify(['kept', endpoint, suites, problems.map(place)])
  const codeKind = JSON.stringify([endpoint, suites, problems[0]?.code])
  return { refusal, ordinal, as: 'kept', kind, codeKind, problems, times: 1 }
}

/** With others that begin with the same problem and have the same codes, wherever: keys of strangers may be of one request. */
function counted(one: WaitingRefusal): WaitingRefusal {
  const codes = [...new Set(one.problems.map(({ code }) => code))].toSorted()
  const kind = JSON.stringify(['counted', one.refusal.endpoint, one.problems.slice(0, 1).map(place), codes])
  return { ...one, as: 'counted', kind }
}

function inTotal(one: WaitingRefusal): WaitingRefusal {
  return { ...one, as: 'total', kind: JSON.stringify(['total', one.refusal.endpoint]), problems: [] }
}

function shared(like: WaitingRefusal, one: WaitingRefusal): readonly Problem[] {
  const places = new Set(one.problems.map(place))
  return like.problems.filter((problem) => places.has(place(problem)))
}

function place({ code, pointer }: Problem): string {
  return `${code} ${pointer}`
}
