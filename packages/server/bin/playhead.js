#!/usr/bin/env node
// What `npx playhead` runs: it has to be there, and executable, when npm makes the link, before anything is built.
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (existsSync(main)) {
  await import(main.href)
} else {
  process.stderr.write('playhead: it has not been built yet; run npm run build\n')
  process.exitCode = 1
}
