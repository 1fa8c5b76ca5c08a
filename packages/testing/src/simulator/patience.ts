import { type Content, isLive } from './content.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000

/**
 * How much play a viewer is in for, milliseconds. The retention curve falls steeply at first (trying out), then
 * slowly; those who come back to something mostly see it through.
 */
export function patienceMs(
  content: Content,
  restlessness: number,
  isResume: boolean,
  random: Random,
): number {
  if (isLive(content)) return Math.min(random.logNormal(22 * minuteMs, 1.1) / restlessness, 300 * minuteMs)
  const mood = random.unit() / (isResume ? 2 : 1)
  if (mood > 0.72) return random.exponential(0.08 * content.lengthMs) / restlessness
  if (mood > 0.42) return random.between(0, content.lengthMs)
  return Number.POSITIVE_INFINITY
}
