/** How much a server refuses. Chosen by configuration; whatever is accepted is kept as it was sent. */
export const ValidationPolicy = {
  /** Refuses what the published API rules out; keys it does not know in `params` and `qoeData` pass. */
  documented: 'documented',
  /** As `documented`, and every object is closed: unknown keys are refused too. For tests of a player. */
  strict: 'strict',
  /** Refuses only what cannot be processed: no object, no `eventType`, no usable `playerTime`. */
  lenient: 'lenient',
} as const
export type ValidationPolicy = (typeof ValidationPolicy)[keyof typeof ValidationPolicy]
