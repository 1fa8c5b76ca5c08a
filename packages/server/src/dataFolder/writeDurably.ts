import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sync } from '../log/provenSync.ts'

/**
 * Write a file as a whole: after a crash there is the old content or the new one, never a part. Content that comes
 * in pieces is written piece by piece, and other work goes on in between.
 */
export async function writeDurably(
  path: string,
  content: string | Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>,
  mode = 0o644,
): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', mode)
  try {
    for await (const piece of typeof content === 'string' ? [content] : content) await file.appendFile(piece)
    await sync(file)
  } finally {
    await file.close()
  }
  await rename(draft, path)
  const folder = await open(dirname(path), 'r')
  try {
    await sync(folder)
  } finally {
    await folder.close()
  }
}
