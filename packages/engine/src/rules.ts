import type { Timeouts } from './life.ts'

/** What an operator may decide about sessions; with it, the same events always give the same result. */
export interface SessionRules {
  readonly timeouts: Timeouts
  /** How long an event waits for earlier ones that are still under way, milliseconds. */
  readonly reorderWindowMs: number
  /** Progress markers that the viewer leapt over are left out (`skipSeeked`), instead of counting as reached. */
  readonly areSeekedMarkersSkipped: boolean
  /** Grid of the content segment, minutes. @default 5, as the API documents */
  readonly segmentMinutes?: number
  /** Not for operators: keep what an explanation of the numbers is made of. It changes none of them. */
  readonly keepsLedger?: boolean
}
