import type { Fault } from './Fault.ts'

/**
 * Most faults reported for one body. Enough to mend any honest event in one go; a bound on the work and on the
 * answer for the others.
 */
export const faultsMax = 32

/** Collects faults: one per pointer and code (the first wins), at most `faultsMax`. */
export class FaultList {
  readonly #faults = new Map<string, Fault>()

  add(fault: Fault): void {
    const key = `${fault.code} ${fault.pointer}`
    if (this.#faults.size < faultsMax && !this.#faults.has(key)) this.#faults.set(key, fault)
  }

  /** By pointer, then by code; both compared by code units. */
  sorted(): Fault[] {
    return [...this.#faults.values()].toSorted(
      (a, b) => compare(a.pointer, b.pointer) || compare(a.code, b.code),
    )
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
