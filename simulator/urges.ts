import type { Random } from './random.ts'

/** What comes over a viewer, or a player, while content plays. */
export type Urge = 'leave' | 'pause' | 'seek' | 'hide' | 'return' | 'rebuffer' | 'stall' | 'crash'

/** When each is due, in milliseconds of content played. */
export interface Urges {
  next(): { readonly urge: Urge; readonly atMs: number }
  /** Let it come after this much more play. */
  plan(urge: Urge, atMs: number): void
  /** Let it come again some time, if it is one that comes again. */
  renew(urge: Urge, nowMs: number): void
}

/** Each urge comes once in so much play time on average, at any moment as likely as at any other. */
export function createUrges(everyMs: Readonly<Partial<Record<Urge, number>>>, random: Random): Urges {
  const due = new Map<Urge, number>()
  const renew = (urge: Urge, nowMs: number): void => {
    const mean = everyMs[urge]
    due.set(urge, mean === undefined ? Number.POSITIVE_INFINITY : nowMs + random.exponential(mean))
  }
  const all: readonly Urge[] = ['leave', 'pause', 'seek', 'hide', 'return', 'rebuffer', 'stall', 'crash']
  for (const urge of all) renew(urge, 0)
  return {
    next: () => [...due].map(([urge, atMs]) => ({ urge, atMs })).reduce((a, b) => (b.atMs < a.atMs ? b : a)),
    plan: (urge, atMs) => void due.set(urge, atMs),
    renew,
  }
}
