import type { FileHandle } from 'node:fs/promises'

type Syncable = Pick<FileHandle, 'datasync' | 'sync' | 'utimes'>

/**
 * fdatasync(2), believed only after a proof. When ext4's journal gives up because its disk fails, the sync that asked for
 * the failed commit gets EIO, but others that wait for the same commit may be told of success though nothing of it is
 * on disk (Linux 6.18, decision 15). The journal has given up before they return, and does so for good.
 *
 * @throws when the sync fails, or the file system has given up before it returned
 */
export async function datasync(file: Syncable): Promise<void> {
  await file.datasync()
  await proveAlive(file)
}

/** The same for fsync(2): of a file with its times and mode, or of a folder. */
export async function sync(file: Syncable): Promise<void> {
  await file.sync()
  await proveAlive(file)
}

/**
 * To touch a file is the least that needs the file system's journal, and waits for no disk. The first touch makes ext4
 * warning that its journal has given up, but keeps that to itself; the second is refused.
 */
async function proveAlive(file: Syncable): Promise<void> {
  const now = new Date()
  try {
    await file.utimes(now, now)
    await file.utimes(now, now)
  } catch (error) {
    // Somebody else's file can be written and not touched: then this proves nothing either way.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  }
}
