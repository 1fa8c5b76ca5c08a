import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** This repository, for tests of what is written in it. */
export const root = join(import.meta.dirname, '../../..')

/** @param args of git */
export function git(...args: readonly string[]): string[] {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n')
}

/** Paths from the root, of all that is committed or added. */
export const tracked: readonly string[] = git('ls-files')

/** The text of a file, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
