// Bundles the compiled package, and what it uses of TypeBox, into a few files. TypeBox is some 700 modules: loading them one by
// one, in the server and again in its report worker, would take a third of a start.
import { build } from 'esbuild'

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['dist/index.js', 'dist/reporting/index.js'],
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node20',
})
