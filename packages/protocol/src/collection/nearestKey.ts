/** Most edits between a misspelt key and the key that was meant: a character more, less or another, or two swapped. */
const editsMax = 2

/**
 * The known key that a misspelt one stands for, if any: equal but for letter case, without its prefix
 * (`bitrate` for `media.qoe.bitrate`), or at most two edits away. The nearest wins, the first among equals.
 */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const lower = key.toLowerCase()
  let nearest: string | undefined
  let fewest = editsMax + 1
  for (const candidate of known) {
    const edits = editsBetween(lower, candidate.toLowerCase())
    if (edits < fewest) {
      nearest = candidate
      fewest = edits
    }
  }
  return (
    nearest ?? known.find((candidate) => lower.length > 2 && candidate.toLowerCase().endsWith(`.${lower}`))
  )
}

/** Edits from one text to the other, two neighbours that are swapped being one; `Infinity` when it is more than allowed, also for short texts. */
export function editsBetween(a: string, b: string): number {
  if (a === b) return 0
  const allowed = Math.min(editsMax, Math.floor(Math.max(a.length, b.length) / 3))
  if (Math.abs(a.length - b.length) > allowed) return Infinity
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap = column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swap = isSwap ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity
      current.push(Math.min(change, swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    beforePrevious = previous
    previous = current
  }
  const edits = previous[b.length] ?? Infinity
  return edits <= allowed ? edits : Infinity
}
