import type { Fault } from '@playhead/protocol'

/** Thrown where a request is refused before a route has seen it. */
export class RequestRefused extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.message)
    this.name = 'RequestRefused'
    this.fault = fault
  }
}
