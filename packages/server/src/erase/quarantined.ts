/* oxlint-disable no-await-in-loop -- small files, and few of them */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Erased } from '../store/eraseSessions.ts'

/** Files of rows that the store refused: of a session by their names, or with a text anywhere in them. */
export async function quarantinedOf(dir: string, { sids, texts }: Erased): Promise<string[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found: string[] = []
  for (const name of names) {
    const path = join(dir, name)
    const content = await readFile(path, 'utf8')
    if (sids.some((sid) => name.includes(sid)) || texts.some((text) => content.includes(text)))
      found.push(path)
  }
  return found
}
