// Builds the dashboard, unless what was built is newer than all it is made of: a start need not wait for it.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = ['index.html', 'vite.config.ts', 'package.json', 'src']

if (builtAtMs() < Math.max(...sources.map(changedAtMs))) {
  const vite = await import('vite').catch(() => undefined)
  if (vite === undefined)
    console.warn('the dashboard is not built: its tools are not installed (npm ci installs them)')
  else await vite.build({ root: folder, logLevel: 'warn' })
}

/** Epoch milliseconds; 0 before the first time. */
function builtAtMs() {
  return statSync(join(folder, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Of a file, or of all that is in a folder; a file that is taken away changes its folder. */
function changedAtMs(source) {
  const path = join(folder, source)
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAtMs(join(source, name))))
}
