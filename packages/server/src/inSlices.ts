import { setImmediate as othersTurn } from 'node:timers/promises'

/** Work that is done in one go; then all else has its turn. An event takes some six turns until it is on disk and answered. */
const sliceMaxMs = 1

/** The time that long work has before everything else gets its turn. */
export class Slice {
  #endsAtMs = performance.now() + sliceMaxMs

  get isOver(): boolean {
    return performance.now() >= this.#endsAtMs
  }

  /** Let everything else have its turn, then begin the next slice. */
  async next(): Promise<void> {
    await othersTurn()
    this.#endsAtMs = performance.now() + sliceMaxMs
  }
}

/**
 * Run what comes in steps to its end, some milliseconds at a time. Between two slices all else gets its turn.
 *
 * @param isPaused asked between slices; steps that are paused can be run on later
 * @returns what the steps came to; `undefined` when they are paused
 */
export async function inSlices<Result>(
  steps: Iterator<unknown, Result>,
  isPaused: () => boolean = () => false,
): Promise<{ readonly result: Result } | undefined> {
  const slice = new Slice()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return { result: step.value }
    if (!slice.isOver) continue
    await slice.next()
    if (isPaused()) return undefined
  }
}
