const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** Ticks of an axis of seconds, as clocks are divided: every 5 minutes, say, and not every 1000 seconds. */
export function clockTicks(from: number, to: number, most: number): number[] {
  const roughly = (to - from) / Math.max(most, 1)
  const step = steps.find((each) => each >= roughly) ?? Math.ceil(roughly / 86_400) * 86_400
  const ticks: number[] = []
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick)
  return ticks
}
