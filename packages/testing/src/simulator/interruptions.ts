import type { Random } from './random.ts'

/** What comes over a viewer, or a player, while content plays. */
export type Interruption = 'leave' | 'pause' | 'seek' | 'hide' | 'return' | 'rebuffer' | 'stall' | 'crash'

/** When each is due, in milliseconds of content played. */
export interface Interruptions {
  next(): { readonly interruption: Interruption; readonly atMs: number }
  /** Let it come after this much more play. */
  plan(interruption: Interruption, atMs: number): void
  /** Let it come again some time, if it is one that comes again. */
  renew(interruption: Interruption, nowMs: number): void
}

/** Each interruption comes once in so much play time on average, at any moment as likely as at any other. */
export function createInterruptions(
  everyMs: Readonly<Partial<Record<Interruption, number>>>,
  random: Random,
): Interruptions {
  const due = new Map<Interruption, number>()
  const renew = (interruption: Interruption, nowMs: number): void => {
    const mean = everyMs[interruption]
    due.set(interruption, mean === undefined ? Number.POSITIVE_INFINITY : nowMs + random.exponential(mean))
  }
  const all: readonly Interruption[] = [
    'leave',
    'pause',
    'seek',
    'hide',
    'return',
    'rebuffer',
    'stall',
    'crash',
  ]
  for (const interruption of all) renew(interruption, 0)
  return {
    next: () =>
      [...due]
        .map(([interruption, atMs]) => ({ interruption, atMs }))
        .reduce((a, b) => (b.atMs < a.atMs ? b : a)),
    plan: (interruption, atMs) => void due.set(interruption, atMs),
    renew,
  }
}
