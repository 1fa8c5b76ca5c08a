import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from '../log/journalFiles.ts'
import { exists } from './fileId.ts'
import { forgetStore } from './storeIdentity.ts'
import { StartError } from '../startError.ts'

/** Folders of the embedded store in a data folder, while one takes the place of the other. */
export interface StoreFolders {
  /** The one that the server works with. */
  readonly current: string
  /** One that is being built; of no use if that was cut short. */
  readonly draft: string
  /** One that is complete and has to take its place yet. */
  readonly ready: string
  /** Where the old one goes. */
  readonly replaced: string
}

export function storeFolders(dataDir: string, stamp: string): StoreFolders {
  const current = join(dataDir, 'clickhouse')
  return {
    current,
    draft: `${current}.new`,
    ready: `${current}.ready`,
    replaced: `${current}.replaced-${stamp}`,
  }
}

/**
 * Between two renames of a rebuilding there is no store: whoever opened it would make an empty one.
 *
 * @throws StartError when a rebuilding was cut short there
 */
export async function requireWholeStore(dataDir: string): Promise<void> {
  if (!(await exists(storeFolders(dataDir, '').ready))) return
  throw new StartError('a rebuilding of the store was cut short: run playhead rebuild again')
}

/** Delete what a rebuilding that was cut short has left. */
export async function removeDraft({ draft }: StoreFolders): Promise<void> {
  await rm(draft, { recursive: true, force: true })
}

/** The draft is complete: from here on it is the store, whatever crash comes. Answers whether there was an old one. */
export async function finishDraft(dataDir: string, folders: StoreFolders): Promise<boolean> {
  await rename(folders.draft, folders.ready)
  await nodeFiles.syncDir(dataDir)
  return putInPlace(dataDir, folders)
}

/** Let the store that is ready take the place of the old one, which is kept. Answers whether there was one. */
export async function putInPlace(
  dataDir: string,
  { current, ready, replaced }: StoreFolders,
): Promise<boolean> {
  await forgetStore(dataDir)
  const isReplaced = await exists(current)
  if (isReplaced) await rename(current, replaced)
  await rename(ready, current)
  await nodeFiles.syncDir(dataDir)
  return isReplaced
}
