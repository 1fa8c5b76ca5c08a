/** So many things at once and no more: take a slot before, give it back after. */
export interface Slots {
  take(): Promise<void>
  give(): void
  /** Resolves when all slots are free. */
  allFree(): Promise<void>
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = count
  let onAllFree: (() => void) | undefined
  return {
    take() {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve))
      free -= 1
      return Promise.resolve()
    },
    give() {
      const next = waiting.shift()
      if (next !== undefined) next()
      else free += 1
      if (free === count) onAllFree?.()
    },
    allFree: () =>
      free === count ? Promise.resolve() : new Promise((resolve) => void (onAllFree = resolve)),
  }
}
