import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './fileId.ts'
import { writeDurably } from './writeDurably.ts'

/** File of the data folder with the id of the store that belongs to it, and file of the store with its id. */
const expectedName = 'store-id'
const actualName = 'playhead-store-id'

/**
 * What is missing from the embedded store of a data folder, for `/readyz`: the store that was there has gone since the last start, or
 * another one is in its place. It is said at each start until it is there again, or rebuilt. A store that is new, or
 * of an earlier version, gets its id.
 *
 * @param isUsed whether rows were stored before
 */
export async function findMissing(dataDir: string, isUsed: boolean): Promise<string | undefined> {
  const current = join(dataDir, 'clickhouse')
  const expected = await textOf(join(dataDir, expectedName))
  const actual = await textOf(join(current, actualName))
  if (expected === undefined ? await isNewOrWhole(current, isUsed) : actual === expected) return undefined
  // So that the next start, which finds an empty store, knows of it.
  if (expected === undefined) await writeDurably(join(dataDir, expectedName), newId(), 0o600)
  const what = (await exists(current)) ? 'is not the store of this data folder' : 'is missing'
  return `${current} ${what}: reports do not have what was stored before. Stop the server, then put the store back, or run playhead rebuild, which makes it from the journal`
}

/** Give the store an id, once its folder is there. */
export async function markStore(dataDir: string): Promise<void> {
  const current = join(dataDir, 'clickhouse')
  const expected = join(dataDir, expectedName)
  if ((await textOf(expected)) !== undefined) return
  const id = (await textOf(join(current, actualName))) ?? newId()
  await writeDurably(join(current, actualName), id, 0o600)
  await writeDurably(expected, id, 0o600)
}

/** Another store is to take the place of the present one. */
export async function forgetStore(dataDir: string): Promise<void> {
  await rm(join(dataDir, expectedName), { force: true })
}

function newId(): string {
  return randomBytes(16).toString('hex')
}

async function isNewOrWhole(current: string, isUsed: boolean): Promise<boolean> {
  return !isUsed || (await exists(current))
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}
