/* oxlint-disable no-await-in-loop -- small files, and few of them */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Gone } from './erase.ts'
import { mentions } from './mentions.ts'

/** Files of rows that the store refused: of a session by their names, or with the id anywhere in them. */
export async function quarantinedOf(dir: string, { sids, id }: Gone): Promise<string[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: string[] = []
  for (const name of names) {
    const path = join(dir, name)
    const content = await readFile(path, 'utf8')
    if (sids.some((sid) => name.includes(sid)) || mentions(content, id)) found.push(path)
  }
  return found
}
