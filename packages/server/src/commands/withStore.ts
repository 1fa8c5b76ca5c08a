import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { claimDataDir } from '../dataFolder/dataDir.ts'
import { requireWholeStore } from '../dataFolder/storeFolders.ts'
import { StartError } from '../startError.ts'
import { openStore } from '../clickhouse/openStore.ts'
import type { Store } from '../clickhouse/store.ts'

/**
 * Do a command's work on the data of a stopped server: the folder is claimed, and the store is open, as long as it lasts.
 * Rejects with a `StartError` when the operator has to mend something first.
 */
export async function withStore<Result>(
  { dataDir, clickhouseUrl }: Pick<Config, 'dataDir' | 'clickhouseUrl'>,
  work: (store: Store) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  await requireWholeStore(dataDir)
  if (clickhouseUrl === undefined) await requireArchive(dataDir)
  const release = await claimDataDir(dataDir)
  try {
    const { store, lost } = open(dataDir, clickhouseUrl)
    try {
      await Promise.race([store.whenReady(signal), lost])
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    await release()
  }
}

/** A misspelt folder would otherwise be made, and found to be empty. */
async function requireArchive(dataDir: string): Promise<void> {
  try {
    await access(join(dataDir, 'clickhouse'))
  } catch (error) {
    throw new StartError(`there is no archive in the data folder ${dataDir}`, error)
  }
}

/** A server waits for a store that is down; a command gives up. */
function open(dataDir: string, clickhouseUrl: string | undefined): { store: Store; lost: Promise<never> } {
  const { promise, reject } = rejecting()
  const store = openStore({
    dataDir,
    clickhouseUrl,
    onEvent: (event) => {
      if (event.kind === 'down') reject(new StartError(`the store cannot be opened: ${event.detail}`))
    },
  })
  return { store, lost: promise }
}

function rejecting(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt
  })
  // It may come after the race.
  promise.catch(() => {})
  return { promise, reject }
}
