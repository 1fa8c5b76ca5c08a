import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Write a small file as a whole: after a crash there is the old content or the new one, never a part. */
export async function writeDurably(path: string, content: string, mode = 0o644): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
