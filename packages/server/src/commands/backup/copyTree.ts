/* oxlint-disable no-await-in-loop -- one file after the other: the disk does one at a time anyway */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, readlink, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from '../../log/journalFiles.ts'
import { sync } from '../../log/provenSync.ts'
import type { Entry } from './manifest.ts'

/** Bytes that are read at a time. */
const chunkBytes = 1024 * 1024

/** Copy a folder, durably; answers what is in it, by paths that begin with `prefix`. Rejects when the signal aborts. */
export async function copyTree(
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
  prefix = '',
): Promise<Entry[]> {
  await mkdir(to)
  const entries: Entry[] = []
  const found = await readdir(from, { withFileTypes: true })
  for (const entry of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [source, target, path] = [join(from, entry.name), join(to, entry.name), join(prefix, entry.name)]
    if (entry.isDirectory()) {
      entries.push({ kind: 'folder', path }, ...(await copyTree(source, target, signal, onBytes, path)))
    } else if (entry.isSymbolicLink()) {
      const destination = await readlink(source)
      await symlink(destination, target)
      entries.push({ kind: 'link', path, to: destination })
    } else {
      entries.push({ kind: 'file', path, ...(await copyFile(source, target, signal, onBytes)) })
    }
  }
  await nodeFiles.syncDir(to)
  return entries
}

/** Bytes of all files in a folder. */
export async function bytesIn(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size
  }
  return bytes
}

/** Copy a file as long as it is now, though it may grow meanwhile; durably. */
export async function copyFile(
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<{ bytes: number; sha256: string; mode: number }> {
  const source = await open(from, 'r')
  try {
    const { size, mode } = await source.stat()
    const target = await open(to, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode & 0o777)
    try {
      const hash = createHash('sha256')
      const buffer = Buffer.allocUnsafe(chunkBytes)
      let bytes = 0
      while (bytes < size) {
        signal.throwIfAborted()
        const wanted = Math.min(chunkBytes, size - bytes)
        const { bytesRead } = await source.read(buffer, 0, wanted, bytes)
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        await target.writeFile(chunk)
        bytes += bytesRead
        onBytes(bytesRead)
      }
      await sync(target)
      return { bytes, sha256: hash.digest('hex'), mode: mode & 0o777 }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
