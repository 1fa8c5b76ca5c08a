/**
 * Writes everything in `docs/` that comes from the code: the reference pages, the schemas, and the tables between
 * markers in pages written by hand. With `--check` it writes nothing and exits 1 when a file differs.
 *
 * Run: `npm run generate [-- --check]`, after a build.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { generatedFiles as protocolFiles } from '../packages/protocol/scripts/generatedFiles.ts'
import { generatedFiles as serverFiles } from '../packages/server/scripts/generatedFiles.ts'

const root = resolve(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

const stale: string[] = []
for (const [path, text] of [...(await protocolFiles()), ...(await serverFiles())]) {
  const file = resolve(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  stale.push(path)
  if (isCheck) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

if (stale.length === 0) console.log('what docs/ takes from the code is up to date')
for (const path of stale) console.log(`${isCheck ? 'differs' : 'written'}: ${path}`)
if (isCheck && stale.length > 0) process.exitCode = 1
