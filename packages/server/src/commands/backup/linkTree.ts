/* oxlint-disable no-await-in-loop -- what is listed is linked before it can go */
import { link, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/** How often to begin again when a file went while the tree was being linked. */
const triesMax = 20

/**
 * Make a second name for each file of a folder, in a new folder on the same file system: so all that is there now stays,
 * whatever is deleted meanwhile. Files have to be such that are written once, or only grow.
 *
 * @param isLeftOut told the name of each entry
 */
export async function linkTree(
  from: string,
  to: string,
  isLeftOut: (name: string) => boolean = () => false,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await linkFolder(from, to, isLeftOut)
      return
    } catch (error) {
      // What replaces the file that went may be in a place that was listed before.
      if (!isGone(error) || tries === triesMax) throw error
      await rm(to, { recursive: true, force: true })
    }
  }
}

async function linkFolder(from: string, to: string, isLeftOut: (name: string) => boolean): Promise<void> {
  await mkdir(to)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkFolder(source, target, isLeftOut)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (entry.isFile()) await link(source, target)
  }
}

/** Whether a file was deleted before it was come to. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
