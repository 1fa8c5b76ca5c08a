/* oxlint-disable no-await-in-loop -- one file after the other: the disk does one at a time anyway */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, rmdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../config.ts'
import { claimDataDir, restoringName } from '../../dataFolder/dataDir.ts'
import { nodeFiles } from '../../log/journalFiles.ts'
import { StartError } from '../../startError.ts'
import { type Progress, silent } from '../progress.ts'
import { copyFile } from './copyTree.ts'
import { bytesOf, type Entry, type Manifest, readManifest, sizeOf } from './manifest.ts'

/**
 * `playhead restore`: make a data folder of a backup. Each file is held against the manifest before anything is
 * written. Rejects with a `StartError` when the operator has to mend something first.
 */
export async function runRestore(
  { dataDir }: Pick<Config, 'dataDir'>,
  from: string,
  write: (text: string) => void,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<void> {
  const manifest = await readManifest(from)
  // Each byte is read to be verified, and once more to be copied.
  const total = 2 * bytesOf(manifest.entries)
  let done = 0
  const onBytes = (bytes: number): void => progress.tell((done += bytes), total)
  for (const entry of manifest.entries) {
    await verify(from, entry, signal)
    onBytes(bytesOf([entry]))
  }
  await requireEmpty(dataDir)
  const release = await claimDataDir(dataDir)
  try {
    await copy(from, manifest, dataDir, signal, onBytes)
  } finally {
    await release()
  }
  progress.end()
  write(`${sizeOf(manifest.entries)} restored, as they were at ${manifest.takenAt}\n`)
  if (!manifest.hasStore) write('the database of the ClickHouse server has to be that of the same hour\n')
}

/** What is there of one of the backup's files has to be what was copied. */
async function verify(from: string, entry: Entry, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (entry.kind !== 'file') return
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(from, 'data', entry.path)), hash).catch((error: Error) => {
    throw new StartError(
      `restore: the backup is damaged: ${entry.path} cannot be read: ${error.message}`,
      error,
    )
  })
  if (hash.digest('hex') !== entry.sha256) {
    throw new StartError(`restore: the backup is damaged: ${entry.path} is not what was copied`)
  }
}

async function requireEmpty(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new StartError(`restore: the data folder ${dataDir} cannot be read: ${error.message}`, error)
  })
  if (names.length > 0) {
    throw new StartError(
      `restore: the data folder ${dataDir} is not empty: it has ${names.slice(0, 3).join(', ')}`,
    )
  }
}

/** Below a name of its own until it is whole: while that is there, no server starts in the folder. */
async function copy(
  from: string,
  { entries }: Manifest,
  dataDir: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const draft = join(dataDir, restoringName)
  await nodeFiles.makeDir(draft)
  try {
    for (const entry of entries) await copyEntry(entry, join(from, 'data'), draft, signal, onBytes)
  } catch (error) {
    if (signal.aborted) await rm(draft, { recursive: true })
    throw error
  }
  for (const { kind, path } of entries) if (kind === 'folder') await nodeFiles.syncDir(join(draft, path))
  for (const name of await readdir(draft)) await rename(join(draft, name), join(dataDir, name))
  await rmdir(draft)
  await nodeFiles.syncDir(dataDir)
}

async function copyEntry(
  entry: Entry,
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const path = join(to, entry.path)
  if (entry.kind === 'folder') await mkdir(path)
  else if (entry.kind === 'link') await symlink(entry.to, path)
  else {
    await copyFile(join(from, entry.path), path, signal, onBytes)
    await chmod(path, entry.mode)
  }
}
