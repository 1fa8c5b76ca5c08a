/**
 * Ads, and chapters, of one session that are reported each by itself; those after them count in the session alone. A day of
 * ads of ten seconds, one behind the other, has 8,640.
 */
export const partsMax = 10_000

/** Whether an ad or a chapter is reported by itself. */
export function isReported({ ordinal }: { readonly ordinal: number }): boolean {
  return ordinal <= partsMax
}
