import type { Host } from './host.ts'
import { residentBytes } from './processes.ts'

const sampleIntervalMs = 500

/** Looks at a server's memory until it is stopped. */
export interface MemoryWatch {
  readonly maxBytes: number
  stop(): void
}

export function watchMemory(host: Host): MemoryWatch {
  let maxBytes = 0
  const timer = setInterval(() => {
    void residentBytes(host.pid).then((bytes) => (maxBytes = Math.max(maxBytes, bytes)))
  }, sampleIntervalMs)
  return {
    get maxBytes() {
      return maxBytes
    },
    stop: () => clearInterval(timer),
  }
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`
}
