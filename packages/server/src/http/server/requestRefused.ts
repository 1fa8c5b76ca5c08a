import type { Problem } from '@playhead/protocol'

/** Thrown where a request is refused before a route has seen it. */
export class RequestRefused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'RequestRefused'
    this.problem = problem
  }
}
