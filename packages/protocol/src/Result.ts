import type { Problem } from './collection/Problem.ts'

/** What came of something that may be refused in normal life: a value, or all that is wrong. */
export type Result<Value> = Accepted<Value> | Refused

export interface Accepted<Value> {
  readonly ok: true
  readonly value: Value
}

/** A refusal changes nothing. The first problem decides how it is answered. */
export interface Refused {
  readonly ok: false
  readonly problems: readonly [Problem, ...Problem[]]
}

export function accepted<Value>(value: Value): Accepted<Value> {
  return { ok: true, value }
}

/** @throws where there is nothing wrong: a refusal has a reason */
export function refused(problems: readonly Problem[]): Refused {
  const [first, ...others] = problems
  if (first === undefined) throw new Error('a refusal needs a problem')
  return { ok: false, problems: [first, ...others] }
}
