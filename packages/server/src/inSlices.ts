import { setImmediate as othersTurn } from 'node:timers/promises'

/** Work that is done in one go; then requests are answered, and the work goes on: two of them side by side stay unnoticed. */
const sliceMaxMs = 3

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
  let sliceEndsAtMs = performance.now() + sliceMaxMs
  for (;;) {
    const step = steps.next()
    if (step.done === true) return { result: step.value }
    if (performance.now() < sliceEndsAtMs) continue
    await othersTurn()
    if (isPaused()) return undefined
    sliceEndsAtMs = performance.now() + sliceMaxMs
  }
}
