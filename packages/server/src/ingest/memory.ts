import { totalmem } from 'node:os'
import { memoryUsage } from 'node:process'
import { getHeapStatistics } from 'node:v8'

/** How often memory is looked at, at most. */
const lookIntervalMs = 1000

/** Percent of the heap that Node allows; beyond it starts get 503: collecting garbage would take all the time. */
const heapPercentMax = 85

/** Tells whether memory runs short: resident memory beyond a bound, or little of the heap left. */
export interface MemoryWatch {
  isShort(nowMs: number): boolean
}

/** @param residentMaxBytes 0: half of what the machine, or the container, has */
export function watchMemory(residentMaxBytes: number): MemoryWatch {
  const maxBytes = residentMaxBytes === 0 ? availableBytes() / 2 : residentMaxBytes
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let wasShort = false

  function look(): boolean {
    const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics()
    return memoryUsage.rss() > maxBytes || usedBytes > (limitBytes * heapPercentMax) / 100
  }

  return {
    isShort(nowMs) {
      if (nowMs - lookedAtMs >= lookIntervalMs) {
        wasShort = look()
        lookedAtMs = nowMs
      }
      return wasShort
    },
  }
}

/** A container without a limit says 0, or more than there is. */
function availableBytes(): number {
  const constrainedBytes = process.constrainedMemory()
  return constrainedBytes > 0 ? Math.min(constrainedBytes, totalmem()) : totalmem()
}
