import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from '../log/journalFiles.ts'
import { writeDurably } from '../log/writeDurably.ts'
import type { Row } from '../store/rows/row.ts'
import type { Store, StoreTable } from '../store/store.ts'
import { insertSound, type RefusedRow } from './insertSound.ts'

/** Rows offered to the store again at a time: some megabytes. */
const releaseRowsMax = 500

/**
 * Where rows wait that the store refuses for what they are, each in a file of its own: `<table>-<session id>-<hash of
 * its key>.json`. A row that is refused again, after a crash, takes the place it has already.
 */
export interface Quarantine {
  /** How many are there. */
  readonly rows: number
  /** Put a row there, with the reason. Resolves when it is on disk. */
  keep(refused: RefusedRow): Promise<void>
  /** Offer the store all of them again: another version, or another table, may take them. Resolves with how many it took. */
  release(store: Store): Promise<number>
}

interface KeptRow {
  readonly table: StoreTable
  readonly key: string
  readonly reason: string
  readonly row: Row
}

/** @param onKept told of each row that was put there and was not there before: of its file, not of what is in it */
export async function openQuarantine(
  dir: string,
  onKept: (file: string, code: string) => void,
): Promise<Quarantine> {
  const list = async (): Promise<string[]> =>
    (await readdir(dir).catch(emptyWhereMissing)).filter((name) => name.endsWith('.json')).toSorted()
  const files = new Set(await list())

  async function releaseSome(store: Store, names: readonly string[]): Promise<number> {
    const kept = await Promise.all(
      names.map(async (name) => ({
        name,
        ...(JSON.parse(await readFile(join(dir, name), 'utf8')) as KeptRow),
      })),
    )
    for (const table of new Set(kept.map((row) => row.table))) {
      const ofTable = kept.filter((row) => row.table === table)
      const refused = await insertSound(store, table, ofTable, 'released from quarantine')
      const left = new Set(refused.map(({ key }) => key))
      for (const { name, key } of ofTable) {
        if (left.has(key)) continue
        await rm(join(dir, name))
        files.delete(name)
      }
    }
    return names.filter((name) => !files.has(name)).length
  }

  return {
    get rows() {
      return files.size
    },
    async keep({ table, key, row, error }) {
      const name = `${table}-${String(row['sid'])}-${hashOf(key)}.json`
      const kept: KeptRow = { table, key, reason: error.reason, row }
      await nodeFiles.makeDir(dir)
      await writeDurably(join(dir, name), `${JSON.stringify(kept, undefined, 2)}\n`)
      if (!files.has(name)) onKept(name, error.code)
      files.add(name)
    },
    async release(store) {
      const names = await list()
      let count = 0
      for (let from = 0; from < names.length; from += releaseRowsMax) {
        count += await releaseSome(store, names.slice(from, from + releaseRowsMax))
      }
      return count
    },
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

function emptyWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
