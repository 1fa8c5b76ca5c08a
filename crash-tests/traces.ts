import { watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that are there while the work is under way, and are left behind by a crash. */
const draftOf = { insert: 'tmp_insert_', checkpoint: 'checkpoint.json.new' } as const

/** Resolves when the server begins to write a part of a table, or a checkpoint; or when the time is over. */
export async function untilBusyWith(
  work: keyof typeof draftOf,
  dataDir: string,
  timeoutMs: number,
): Promise<void> {
  const folders = work === 'insert' ? await tablesIn(dataDir) : [dataDir]
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      resolve()
    }
    const timer = setTimeout(done, timeoutMs)
    const watchers = folders.map((folder) =>
      watch(folder, (_event, name) => {
        if (name?.startsWith(draftOf[work]) === true) done()
      }),
    )
  })
}

/**
 * Whether a server that was killed was at it.
 *
 * @param sinceMs what is older was left by an earlier crash; epoch milliseconds
 */
export async function wasBusyWith(
  work: keyof typeof draftOf,
  dataDir: string,
  sinceMs: number,
): Promise<boolean> {
  const folders = work === 'insert' ? await tablesIn(dataDir) : [dataDir]
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.startsWith(draftOf[work])) continue
      const draft = await stat(join(folder, name)).catch(() => undefined)
      if (draft !== undefined && draft.mtimeMs >= sinceMs) return true
    }
  }
  return false
}

/** The folders of all tables: `clickhouse/store/<3 digits>/<table>`. */
async function tablesIn(dataDir: string): Promise<string[]> {
  const store = join(dataDir, 'clickhouse', 'store')
  const prefixes = await readdir(store).catch(() => [])
  const tables = prefixes.map(async (prefix) => {
    const names = await readdir(join(store, prefix)).catch(() => [])
    return names.map((name) => join(store, prefix, name))
  })
  return (await Promise.all(tables)).flat()
}
