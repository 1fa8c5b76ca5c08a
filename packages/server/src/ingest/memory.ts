import { constants, PerformanceObserver } from 'node:perf_hooks'
import { totalmem } from 'node:os'
import { memoryUsage } from 'node:process'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'

/** How often memory is looked at, at most. */
const lookIntervalMs = 50
/** Answers that one look is good for: a flood of starts fills megabytes in that time. */
const answersPerLookMax = 50

/** Percent of the heap in use beyond which starts get 503, if the last collection left little of it free. */
const heapPercentMax = 85
/** Percent of the heap in use beyond which starts get 503 in any case, until a collection has made room. */
const heapFullPercentMax = 93
/** Percent of the heap that a collection leaves in use when most of what came since is garbage: starts go on a little longer. */
const heapRestedPercentMax = 60
/** Percent of the heap that a collection leaves in use beyond which events of open sessions get 503 too: else the process ends. */
const heapLivePercentMax = 92

/** V8 13 came with Node 24, and lets what is young take four times as much. */
const semiSpaceMaxBytes = (Number.parseInt(process.versions.v8, 10) < 13 ? 16 : 64) * 1_048_576
/** What V8 adds to the heap for what is young, and never gives to what stays: three semi-spaces. */
const youngHeapMaxBytes = 3 * semiSpaceMaxBytes

/** Tells whether memory runs short. */
export interface MemoryWatch {
  /** Too little is left for new sessions. */
  isShort(nowMs: number): boolean
  /** Hardly any is left. */
  isExhausted(nowMs: number): boolean
  stop(): void
}

/** What the heap has room for of things that stay, bytes. */
export function heapBytes(): number {
  return Math.max(getHeapStatistics().heap_size_limit - youngHeapMaxBytes, 0)
}

/** @param usedMaxBytes of heap, buffers and what else belongs to it; 0: half of what the machine, or the container, has */
export function watchMemory(usedMaxBytes: number): MemoryWatch {
  const maxBytes = usedMaxBytes === 0 ? availableBytes() / 2 : usedMaxBytes
  const limitBytes = heapBytes()
  /** What was in use right after the last collection of all of the heap; more is garbage for all we know. */
  let liveBytes = 0
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let answers = 0
  let usedBytes = 0
  let isBeyond = false
  const collections = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor)) liveBytes = oldBytes()
  })
  collections.observe({ entryTypes: ['gc'] })

  function look(nowMs: number): void {
    answers += 1
    if (nowMs - lookedAtMs < lookIntervalMs && answers < answersPerLookMax) return
    lookedAtMs = nowMs
    answers = 0
    usedBytes = oldBytes()
    const { heapUsed, external } = memoryUsage()
    isBeyond = heapUsed + external > maxBytes
  }

  const isOver = (bytes: number, percent: number): boolean => bytes > (limitBytes * percent) / 100

  return {
    isShort(nowMs) {
      look(nowMs)
      const isRested = liveBytes > 0 && !isOver(liveBytes, heapRestedPercentMax)
      return isBeyond || isOver(usedBytes, isRested ? heapFullPercentMax : heapPercentMax)
    },
    isExhausted(nowMs) {
      look(nowMs)
      return isOver(liveBytes, heapLivePercentMax) && isOver(usedBytes, heapLivePercentMax)
    },
    stop: () => collections.disconnect(),
  }
}

/** Of what has outlived its youth. */
function oldBytes(): number {
  let bytes = 0
  for (const { space_name: name, space_used_size: usedBytes } of getHeapSpaceStatistics())
    if (!name.startsWith('new_')) bytes += usedBytes
  return bytes
}

function isMajor(collection: object): boolean {
  const { detail } = collection as { readonly detail?: { readonly kind?: number } }
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR
}

/** What the machine, or the container, has. A container without a limit says 0, or more than there is. */
export function availableBytes(): number {
  const constrainedBytes = process.constrainedMemory()
  return constrainedBytes > 0 ? Math.min(constrainedBytes, totalmem()) : totalmem()
}
