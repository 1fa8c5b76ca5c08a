/* oxlint-disable no-await-in-loop -- one piece of one file in memory at a time */
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Gone } from './erase.ts'
import { mentions } from './mentions.ts'

/** What is read of a file at once. */
const pieceBytes = 2 ** 20
/** Bytes that one unit of a text takes as an escape, in a string of JSON in another: `\\\\u0069`. */
const escapedMaxBytes = 8

/**
 * Files of the data folder that have the id, however it is escaped, or that of a session in their bytes; the store's, which are compressed,
 * are left out. What `salvage` kept aside is found here, and who else mentions a visitor. A store that `rebuild` has
 * replaced is named as it is: nobody can say what is in it.
 */
export async function findLeft(dataDir: string, { sids, id }: Gone): Promise<string[]> {
  const needles = [
    ...[id, ...sids].map((text) => Buffer.from(text)),
    // The journal has the ids of sessions as bytes.
    ...sids.map((sid) => Buffer.from(sid, 'hex')),
  ]
  const folders = await foldersIn(dataDir)
  const stores = folders.filter(isStore)
  const left = stores.filter((name) => name !== 'clickhouse')
  const searched = folders.filter((name) => !isStore(name)).map((name) => join(dataDir, name))
  for (const folder of [dataDir, ...searched]) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(folder, entry.name)
      if (await hasAny(path, needles, id)) left.push(relative(dataDir, path))
    }
  }
  return left
}

/** Whether a file, of whatever size, has one of these in its bytes. */
async function hasAny(path: string, needles: readonly Buffer[], id: string): Promise<boolean> {
  const overlapBytes = Math.max(escapedMaxBytes * id.length, ...needles.map(({ length }) => length - 1))
  let end = Buffer.alloc(0)
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    const content = Buffer.concat([end, piece as Buffer])
    if (needles.some((needle) => content.includes(needle))) return true
    if (content.includes('\\') && mentions(content.toString('utf8'), id)) return true
    // What is looked for may lie across the border to the next piece.
    end = content.subarray(Math.max(0, content.length - overlapBytes))
  }
  return false
}

async function foldersIn(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => name).toSorted()
}

function isStore(name: string): boolean {
  return /^clickhouse(\.|$)/.test(name)
}
