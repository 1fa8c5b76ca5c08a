import type { Content } from './content.ts'
import type { Random } from './random.ts'

/** Seeks end so long before the content's end. */
const beforeEndMs = 5_000
/** Whoever moves by less has not sought anything. */
const distanceMinMs = 1_000

/** Where a viewer wants to go: a bit back, a bit ahead, or somewhere else altogether; `undefined` is nowhere. */
export function seekTargetMs(content: Content, positionMs: number, random: Random): number | undefined {
  const wishMs = random.weighted([
    { weight: 35, toMs: positionMs - 10_000 },
    { weight: 25, toMs: positionMs + random.pick([10_000, 30_000, 30_000]) },
    { weight: 40, toMs: random.between(0, content.lengthMs) },
  ]).toMs
  const targetMs = Math.round(Math.min(Math.max(wishMs, 0), content.lengthMs - beforeEndMs))
  return Math.abs(targetMs - positionMs) < distanceMinMs ? undefined : targetMs
}
