import type { Random } from '@playhead/testing/simulator/random.ts'

/** One kind of fault, tried again and again. */
export interface Trial {
  /** One word, to ask for it by on the command line. */
  readonly id: string
  /** Its row in the table: what is done to the server. */
  readonly name: string
  /** How much of it: in the full run, and in the short one that CI does. */
  readonly full: number
  readonly short: number
  /** What is counted by these. */
  readonly unit: string
  /** Why it cannot be tried on this machine; `undefined` when it can. */
  obstacle?(): Promise<string | undefined>
  run(order: Order): Promise<Outcome>
}

export interface Order {
  readonly count: number
  /** All chance comes from here; what the machine's timing adds cannot be repeated. */
  readonly random: Random
  /** Told how far it is, now and then. */
  readonly onProgress: (text: string) => void
}

/** What came of it. Nothing in `wrong` and no event lost or doubled: the promise held. */
export interface Outcome {
  /** Events that were answered 201 or 204. */
  readonly acknowledged: number
  /** Of these, missing in the archive at the end. */
  readonly lost: number
  /** Archived more than once. */
  readonly doubled: number
  /** Anything else that must not be: a figure that does not fit the events, a wrong answer, a bound exceeded. */
  readonly wrong: readonly string[]
  /** What was measured besides, for the table. */
  readonly warnings: string
}

/** The outcome of several of a kind as one. */
export function addUp(outcomes: readonly Omit<Outcome, 'warnings'>[], warnings: string): Outcome {
  const sum = (count: (outcome: Omit<Outcome, 'warnings'>) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0)
  return {
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    wrong: outcomes.flatMap(({ wrong }) => wrong),
    warnings,
  }
}
