import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { putRows, type Table } from './table.ts'

const root = resolve(import.meta.dirname, '..')
const page = resolve(root, 'docs/reliability.md')

/** Write what was measured into a table of docs/reliability.md. */
export function writeRows(table: Table, rows: readonly (readonly string[])[], machine: string): void {
  writeFileSync(page, putRows(readFileSync(page, 'utf8'), table, rows, machine))
  execFileSync(resolve(root, 'node_modules/.bin/oxfmt'), [page])
}
