import { closeSync, existsSync, fsyncSync, openSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** `store/<3 digits>/<table>` is where ClickHouse renames finished parts, `metadata` where it renames definitions. */
const levels = { store: 2, metadata: 1, '.': 0, '..': 0 }

/**
 * Sync the engine's folders themselves. With `fsync_after_insert` and `fsync_part_directory` the files of a part
 * are synced, but not the folder that its rename to the final name is in: a power cut could take the part away
 * (ClickHouse pull request 111861, not in the engine we embed). Takes well below a millisecond when all is synced.
 *
 * @throws when the file system has given up, and no sync until then can be believed: see `log/provenSync.ts`
 */
export function syncFolders(folder: string): void {
  for (const [name, depth] of Object.entries(levels)) syncTree(join(folder, name), depth)
  proveAlive(folder)
}

function proveAlive(folder: string): void {
  const now = new Date()
  try {
    utimesSync(folder, now, now)
    utimesSync(folder, now, now)
  } catch (error) {
    // Somebody else's folder can be written to and not touched: then this proves nothing either way.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  }
}

function syncTree(folder: string, depth: number): void {
  // There are none before the first table, and that of a dropped table goes when it likes.
  if (!existsSync(folder)) return
  sync(folder)
  if (depth === 0) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) syncTree(join(folder, entry.name), depth - 1)
  }
}

function sync(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
