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

/** Whether no line leads to a point or away from it: nothing would be seen of it. */
export function isAlone(points: readonly Point[], index: number): boolean {
  const hasValue = (at: number): boolean => typeof points[at]?.y === 'number'
  return hasValue(index) && !hasValue(index - 1) && !hasValue(index + 1)
}

/** So many points at most, evenly apart, from the first one on. */
export function everyNth(points: readonly Point[], most: number): Point[] {
  const step = Math.ceil(points.length / most)
  return points.filter((_, index) => index % step === 0)
}

/** Which colour the line at a place has: what it is compared with comes after it, and has the same one. */
export function colourOf(series: readonly Series[], index: number): number {
  const own = series.slice(0, index + 1).filter(({ isCompared = false }) => !isCompared)
  return Math.max(own.length - 1, 0) % coloursMax
}

/** Colours that there are in the style sheet. */
const coloursMax = 8
