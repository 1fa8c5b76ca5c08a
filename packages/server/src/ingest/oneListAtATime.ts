import { type Problem, ProblemCode } from '@playhead/protocol'
import { inSlices } from '../inSlices.ts'

/** Lists that wait to be looked through, their bytes together; beyond it 503: a list is looked through within a second. */
const waitingListsMaxBytes = 67_108_864

/**
 * Looks through lists one after the other, some milliseconds at a time: however many come at once, the others wait for one slice
 * of one list, and one list is in memory as more than its bytes.
 */
export class OneListAtATime {
  #last: Promise<unknown> = Promise.resolve()
  #heldBytes = 0

  /** Resolves with what the steps come to, or with why there is no room for a body of that size. */
  async run<Result>(bytes: number, steps: Iterator<unknown, Result>): Promise<Result | Problem> {
    if (this.#heldBytes > 0 && this.#heldBytes + bytes > waitingListsMaxBytes) return tooManyLists
    this.#heldBytes += bytes
    const turn = this.#last.then(() => inSlices(steps))
    this.#last = turn.catch(() => {})
    try {
      const done = await turn
      if (done === undefined) throw new Error('a list was left in the middle')
      return done.result
    } finally {
      this.#heldBytes -= bytes
    }
  }
}

const tooManyLists: Problem = {
  code: ProblemCode.serverBusy,
  pointer: '',
  message: 'More downloaded sessions wait to be read than there is room for; this one was not taken.',
}
