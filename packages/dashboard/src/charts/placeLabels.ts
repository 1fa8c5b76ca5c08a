/** A text of an axis: what it is of, where its middle belongs, and how wide it is, CSS pixels. */
export interface AxisLabel {
  readonly at: number
  readonly text: string
  readonly x: number
  readonly width: number
}

/** Between two labels at least, CSS pixels. */
const gap = 14

/**
 * Labels of an axis, none over another and none over the edge: every second or third of them where there is no room for
 * all. What is called the same as the one before it says nothing new.
 */
export function placeLabels(labels: readonly AxisLabel[], width: number): readonly AxisLabel[] {
  const inside = labels
    .filter(({ text }, nth) => text !== labels[nth - 1]?.text)
    .map((label) => ({ ...label, x: Math.max(Math.min(label.x, width - label.width / 2), label.width / 2) }))
  for (let step = 1; step < inside.length; step += 1) {
    const some = inside.filter((_, nth) => nth % step === 0)
    if (areApart(some)) return some
  }
  return inside.slice(0, 1)
}

function areApart(labels: readonly AxisLabel[]): boolean {
  return labels.every((label, nth) => {
    const before = labels[nth - 1]
    return before === undefined || label.x - before.x >= (label.width + before.width) / 2 + gap
  })
}
