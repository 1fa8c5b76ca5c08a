import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileId, requireFileAt } from '../dataFolder/fileId.ts'
import { datasync, sync } from './provenSync.ts'

/** An open file: the few operations the journal needs, each at a given position. */
export interface JournalFile {
  /** Size in bytes. */
  size(): Promise<number>
  /** Reads up to `into.length` bytes; resolves with how many, 0 at the end of the file. */
  read(into: Buffer, position: number): Promise<number>
  /** Writes some of `from`; resolves with how many bytes, which may be fewer than there are. */
  write(from: Buffer, position: number): Promise<number>
  truncate(bytes: number): Promise<void>
  /** Resolves when all that was written, and the size, is on the disk itself. */
  datasync(): Promise<void>
  /**
   * Rejects when another file, or none, is at the path by now. A file that was deleted, or whose folder was moved away, can be
   * written and synced as before, and is gone when it is closed, or is where no start looks for it.
   */
  requireInPlace(): Promise<void>
  close(): Promise<void>
}

/** All that the journal asks of a file system. A seam: tests put a disk here that fails, or loses power. */
export interface JournalFiles {
  /** Creates the folder and those above it, if need be, so that they outlive a power cut. */
  makeDir(dir: string): Promise<void>
  /** Names of the folder's entries, in any order. */
  list(dir: string): Promise<string[]>
  /** `r` reads, `r+` reads and writes what exists, `wx` creates what must not exist. */
  open(path: string, flags: 'r' | 'r+' | 'wx'): Promise<JournalFile>
  /** Deletes a file; one that is gone already is no error. */
  remove(path: string): Promise<void>
  /** Resolves when files created in and removed from the folder are so on the disk itself. */
  syncDir(dir: string): Promise<void>
}

/** The file system of the machine. */
export const nodeFiles: JournalFiles = {
  async makeDir(dir) {
    const topmost = await makeFolders(dir)
    if (topmost === undefined) return
    // A new folder is an entry in the one above: without this a power cut may take it and all it holds.
    const top = dirname(topmost)
    let above = dirname(dir)
    for (; above.length > top.length; above = dirname(above)) {
      await syncDir(above)
    }
    await syncDir(above)
  },
  list: (dir) => readdir(dir),
  async open(path, flags) {
    const handle = await open(path, flags)
    const id = await fileId(handle)
    return {
      size: async () => (await handle.stat()).size,
      read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
      write: async (from, position) => (await handle.write(from, 0, from.length, position)).bytesWritten,
      truncate: (bytes) => handle.truncate(bytes),
      datasync: () => datasync(handle),
      requireInPlace: () => requireFileAt(path, id),
      close: () => handle.close(),
    }
  },
  remove: (path) => rm(path, { force: true }),
  syncDir,
}

/**
 * Answers the topmost folder that was made; `undefined` where all were there. Node's own way to do it tries for ever
 * where a file system says of a folder in a folder that there is no such place, as /proc does.
 */
async function makeFolders(dir: string): Promise<string | undefined> {
  try {
    await mkdir(dir)
    return dir
  } catch (error) {
    if (await isFolder(dir)) return undefined
    const above = dirname(dir)
    if (above === dir || (await isFolder(above)) || !isMissing(error)) throw error
    const topmost = await makeFolders(above)
    await makeFolders(dir)
    return topmost ?? dir
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await sync(handle)
  } finally {
    await handle.close()
  }
}
