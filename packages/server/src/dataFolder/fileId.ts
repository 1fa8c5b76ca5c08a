import { access, type FileHandle, stat } from 'node:fs/promises'

/** Tells a file from every other one of the machine, wherever it is moved to. */
export async function fileId(file: FileHandle): Promise<string> {
  return idOf(await file.stat({ bigint: true }))
}

/** @throws when another file, or none, is at the path */
export async function requireFileAt(path: string, id: string): Promise<void> {
  const found = await stat(path, { bigint: true }).then(idOf, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (found === id) return
  throw new Error(
    `${path} was deleted, moved or replaced while the server wrote to it. Stop the server and put the file back; if it is lost, run playhead salvage`,
  )
}

/** What tells a file or folder from every other one of the machine. */
export function idOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev} ${ino}`
}

/** Whether there is a file or a folder that can be seen. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
