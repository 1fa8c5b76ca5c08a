import type { Result } from '@playhead/protocol'

/** Passes on what it was given, with what it has found out, or refuses it with all that is wrong. */
export type Step<Given, Found> = (given: Given) => Result<Found> | Promise<Result<Found>>

/** Steps one after the other; the first that refuses is the last. Nothing waits between two that answer at once. */
export function inSteps<A, B, C>(first: Step<A, B>, second: Step<B, C>): Step<A, C>
export function inSteps<A, B, C, D>(first: Step<A, B>, second: Step<B, C>, third: Step<C, D>): Step<A, D>
export function inSteps<A, B, C, D, E>(
  first: Step<A, B>,
  second: Step<B, C>,
  third: Step<C, D>,
  fourth: Step<D, E>,
): Step<A, E>
export function inSteps<A, B, C, D, E, F>(
  first: Step<A, B>,
  second: Step<B, C>,
  third: Step<C, D>,
  fourth: Step<D, E>,
  fifth: Step<E, F>,
): Step<A, F>
export function inSteps<A, B, C, D, E, F, G>(
  first: Step<A, B>,
  second: Step<B, C>,
  third: Step<C, D>,
  fourth: Step<D, E>,
  fifth: Step<E, F>,
  sixth: Step<F, G>,
): Step<A, G>
export function inSteps(...steps: readonly Step<unknown, unknown>[]): Step<unknown, unknown> {
  const from = (nth: number, given: unknown): Result<unknown> | Promise<Result<unknown>> => {
    const found = steps[nth]?.(given) ?? { ok: true, value: given }
    if (found instanceof Promise) return found.then((result) => on(nth, result))
    return on(nth, found)
  }
  const on = (nth: number, result: Result<unknown>): Result<unknown> | Promise<Result<unknown>> =>
    result.ok && nth + 1 < steps.length ? from(nth + 1, result.value) : result
  return (given) => from(0, given)
}
