import type { EventType } from './EventType.ts'
import type { Problem } from './Problem.ts'

/** A rule about an event which the event's own schema cannot hold. */
export interface CrossFieldRule {
  /** Absent: of any type. */
  readonly eventType?: EventType
  /** The problem of a body that breaks the rule; parts of the wrong type are the schema's business. */
  readonly findProblem: (body: Record<string, unknown>) => Problem | undefined
  /** As much of the rule as draft-04 can say, for the published schema. */
  readonly draft04: object
  /** The rule in words, for the published schema's description. */
  readonly description: string
}
