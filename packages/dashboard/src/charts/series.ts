/** A line of a chart. */
export interface Series {
  readonly name: string
  readonly points: readonly Point[]
  /** What the others are compared with: drawn dashed. */
  readonly isCompared?: boolean
}

/** `x` in the chart's unit (epoch milliseconds, or seconds of content); no `y` where nothing is known. */
export interface Point {
  readonly x: number
  readonly y: number | null
}

/** The index of the point nearest to a place; -1 where there is none. Points lie in the order of `x`. */
export function nearest(points: readonly Point[], x: number): number {
  let [low, high] = [0, points.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const [here, next] = [points[middle], points[middle + 1]]
    if (here !== undefined && next !== undefined && x - here.x > next.x - x) low = middle + 1
    else high = middle
  }
  return high
}
