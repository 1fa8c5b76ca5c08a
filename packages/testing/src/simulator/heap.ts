/** A queue that gives the earliest first; of equal ones, the one that was put in first. */
export interface Heap<T> {
  push(atMs: number, item: T): void
  pop(): { readonly atMs: number; readonly item: T } | undefined
}

interface Entry<T> {
  readonly atMs: number
  readonly order: number
  readonly item: T
}

export function createHeap<T>(): Heap<T> {
  const entries: Entry<T>[] = []
  let order = 0

  const isBefore = (a: Entry<T>, b: Entry<T>): boolean =>
    a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

  function rise(entry: Entry<T>): void {
    let index = entries.length
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = entries[parentIndex]
      if (parent === undefined || !isBefore(entry, parent)) break
      entries[index] = parent
      index = parentIndex
    }
    entries[index] = entry
  }

  function sink(entry: Entry<T>): void {
    let index = 0
    for (;;) {
      const [left, right] = [entries[2 * index + 1], entries[2 * index + 2]]
      const isRight = left !== undefined && right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (child === undefined || !isBefore(child, entry)) break
      entries[index] = child
      index = 2 * index + (isRight ? 2 : 1)
    }
    entries[index] = entry
  }

  return {
    push(atMs, item) {
      order += 1
      rise({ atMs, order, item })
    },
    pop() {
      const first = entries[0]
      const last = entries.pop()
      if (last !== undefined && last !== first) sink(last)
      return first
    },
  }
}
