import { dirname } from 'node:path'
import type { JournalFiles } from '../../src/log/journalFiles.ts'

const SECTOR_BYTES = 512

interface File {
  /** What the processes of the running machine see. */
  cached: Buffer
  /** What is on the disk itself. */
  stored: Buffer
  /** Sectors written since the last sync. */
  dirty: Set<number>
}

/**
 * A disk as bad as disks may be. What is written lies in memory until it is synced; a power cut keeps any selection of
 * the unsynced sectors, sizes and folder entries. A sync that fails loses what it should have written, and the next
 * one succeeds, as on Linux.
 */
export class SimulatedDisk {
  #cached = new Map<string, File>()
  #stored = new Map<string, File>()
  #process = 0
  #operationsLeft = Number.POSITIVE_INFINITY
  #syncsLeft = Number.POSITIVE_INFINITY
  #roomBytes = Number.POSITIVE_INFINITY
  readonly #random: () => number

  /** @param random Draws from 0 to below 1. */
  constructor(random: () => number) {
    this.#random = random
  }

  /** Every operation after the next `count` fails: the process is cut short there. */
  failAfter(count: number): void {
    this.#operationsLeft = count
  }

  /** The sync after the next `count` fails, and only that one. */
  failSyncAfter(count: number): void {
    this.#syncsLeft = count
  }

  /** Files may grow by so much in all before the disk is full; it takes what still fits, and refuses the rest. */
  setRoom(bytes: number): void {
    this.#roomBytes = bytes
  }

  /** The machine runs on, but the process is dead: its files do nothing any more. */
  kill(): void {
    this.#process += 1
    this.#operationsLeft = Number.POSITIVE_INFINITY
    this.#syncsLeft = Number.POSITIVE_INFINITY
  }

  cutPower(): void {
    this.kill()
    for (const path of new Set([...this.#cached.keys(), ...this.#stored.keys()])) {
      const entry = this.#either(this.#cached.get(path), this.#stored.get(path))
      if (entry === undefined) this.#stored.delete(path)
      else this.#stored.set(path, entry)
    }
    for (const file of this.#stored.values()) {
      file.stored = this.#image(file, this.#either(file.cached.length, file.stored.length))
      file.cached = Buffer.from(file.stored)
      file.dirty.clear()
    }
    this.#cached = new Map(this.#stored)
  }

  /** The file system, as a new process sees it. */
  mount(): JournalFiles {
    const process = this.#process
    const step = async () => {
      await Promise.resolve()
      if (process !== this.#process || this.#operationsLeft <= 0) throw new Error('the process has ended')
      this.#operationsLeft -= 1
    }
    return {
      makeDir: step,
      list: async () => {
        await step()
        return [...this.#cached.keys()].map((path) => path.slice(dirname(path).length + 1))
      },
      open: async (path, flags) => {
        await step()
        const found = this.#cached.get(path)
        if ((found === undefined) !== (flags === 'wx')) throw new Error(`cannot open ${path} as ${flags}`)
        // A full disk may have an entry left for a new file, or not.
        if (found === undefined && this.#roomBytes === 0 && this.#random() < 0.5) throw noRoom('open')
        const file = found ?? { cached: Buffer.alloc(0), stored: Buffer.alloc(0), dirty: new Set() }
        this.#cached.set(path, file)
        return this.#handle(file, step)
      },
      remove: async (path) => {
        await step()
        this.#roomBytes += this.#cached.get(path)?.cached.length ?? 0
        this.#cached.delete(path)
      },
      syncDir: async () => {
        await step()
        this.#stored = new Map(this.#cached)
      },
    }
  }

  #handle(file: File, step: () => Promise<void>): Awaited<ReturnType<JournalFiles['open']>> {
    return {
      requireInPlace: step,
      size: async () => {
        await step()
        return file.cached.length
      },
      read: async (into, position) => {
        await step()
        return file.cached.copy(into, 0, position)
      },
      write: async (all, position) => {
        await step()
        const growth = Math.max(0, position + all.length - file.cached.length)
        const from = all.subarray(0, all.length - Math.max(0, growth - this.#roomBytes))
        if (from.length === 0) throw noRoom('write')
        this.#roomBytes -= Math.max(0, position + from.length - file.cached.length)
        const bytes = Buffer.alloc(Math.max(file.cached.length, position + from.length))
        file.cached.copy(bytes)
        from.copy(bytes, position)
        file.cached = bytes
        const last = Math.floor((position + from.length - 1) / SECTOR_BYTES)
        for (let sector = Math.floor(position / SECTOR_BYTES); sector <= last; sector++)
          file.dirty.add(sector)
        return from.length
      },
      truncate: async (bytes) => {
        await step()
        // The kernel may have written some of it before, whenever it liked.
        if (this.#random() < 0.5) file.stored = this.#image(file, file.cached.length)
        this.#roomBytes += file.cached.length - bytes
        file.cached = Buffer.from(file.cached.subarray(0, bytes))
      },
      datasync: async () => {
        await step()
        this.#syncsLeft -= 1
        const fails = this.#syncsLeft === -1
        const image = Buffer.alloc(file.cached.length)
        file.stored.copy(image)
        if (!fails) for (const sector of file.dirty) copySector(file.cached, image, sector)
        file.stored = image
        file.dirty.clear()
        if (fails) throw new Error('EIO: i/o error, fdatasync')
      },
      close: step,
    }
  }

  /** What may be on the disk of a file of that size while its last writes are not synced. */
  #image(file: File, bytes: number): Buffer {
    const image = Buffer.alloc(bytes)
    file.stored.copy(image)
    for (const sector of file.dirty) if (this.#random() < 0.5) copySector(file.cached, image, sector)
    return image
  }

  #either<T>(one: T, other: T): T {
    return this.#random() < 0.5 ? one : other
  }
}

function noRoom(call: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC' })
}

function copySector(from: Buffer, into: Buffer, sector: number): void {
  const start = sector * SECTOR_BYTES
  if (start < Math.min(from.length, into.length)) from.copy(into, start, start, start + SECTOR_BYTES)
}
