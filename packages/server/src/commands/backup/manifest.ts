import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { messageOf } from '../../messageOf.ts'
import { StartError } from '../../startError.ts'

/** What a backup consists of: `manifest.json` in its folder, beside `data/`. */
export interface Manifest {
  readonly format: 1
  /** When it was begun, ISO 8601, UTC: what was acknowledged before is in it. */
  readonly takenAt: string
  /** Whether the store is in it, or on a ClickHouse server that has to be backed up by itself. */
  readonly hasStore: boolean
  /** Paths below `data/`, each after the folder it is in. */
  readonly entries: readonly Entry[]
}

export type Entry =
  | { readonly kind: 'folder'; readonly path: string }
  /** `to` is relative to the folder it is in. */
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | {
      readonly kind: 'file'
      readonly path: string
      readonly bytes: number
      /** Hexadecimal. */
      readonly sha256: string
      /** Permissions: keys are for their owner alone. */
      readonly mode: number
    }

/** @throws StartError when there is none, or it cannot be one */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest
    if (manifest.format !== 1) throw new Error('it is of a format that this version does not know')
    const links = new Set(manifest.entries.flatMap(({ kind, path }) => (kind === 'link' ? [path] : [])))
    const misplaced = manifest.entries.find((entry) => isMisplaced(entry) || isThroughLink(entry, links))
    if (misplaced) throw new Error(`${misplaced.path} would be outside of the data folder`)
    return manifest
  } catch (error) {
    const reason = messageOf(error)
    throw new StartError(`restore: ${folder} is no backup that can be read: ${reason}`, error)
  }
}

/** A backup may have been in strange hands. A path that is not the shortest could hide what it passes through. */
function isMisplaced(entry: Entry): boolean {
  if (isOutside(entry.path) || normalize(entry.path) !== entry.path) return true
  if (entry.kind !== 'link') return false
  return isOutside(join(dirname(entry.path), entry.to), entry.to) || normalize(entry.to) !== entry.to
}

/** Where such an entry would be, its path does not say. */
function isThroughLink({ path }: Entry, links: ReadonlySet<string>): boolean {
  const folder = dirname(path)
  return folder !== '.' && (links.has(folder) || isThroughLink({ kind: 'folder', path: folder }, links))
}

function isOutside(...paths: readonly string[]): boolean {
  return paths.some(isAbsolute) || normalize(paths[0] ?? '').startsWith('..')
}

/** Files and their size, in words. */
export function sizeOf(entries: readonly Entry[]): string {
  const files = entries.filter(({ kind }) => kind === 'file').length
  return `${files} files, ${(bytesOf(entries) / 2 ** 20).toFixed(1)} MiB`
}

/** Bytes of all the files. */
export function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.bytes : 0), 0)
}
