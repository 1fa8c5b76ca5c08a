import type { Problem } from './Problem.ts'

/**
 * Most problems reported for one body. Enough to mend any honest event in one go; a bound on the work and on the
 * answer for the others.
 */
export const problemsMax = 32

/** Collects problems: one per pointer and code (the first wins), at most `problemsMax`. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>()

  add(problem: Problem): void {
    const key = `${problem.code} ${problem.pointer}`
    if (this.#problems.size < problemsMax && !this.#problems.has(key)) this.#problems.set(key, problem)
  }

  /** By pointer, then by code; both compared by code units. */
  sorted(): Problem[] {
    return [...this.#problems.values()].toSorted(
      (a, b) => compare(a.pointer, b.pointer) || compare(a.code, b.code),
    )
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
