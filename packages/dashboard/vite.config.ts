import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** For `npm run dev`: where a server runs that answers the requests. */
const server = process.env['PLAYHEAD_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), compressed()],
  // Relative, for the server may have a base path in front.
  base: './',
  build: {
    target: 'es2022',
    // One folder, so that the server knows what never changes: names in it carry a hash of the content.
    assetsDir: 'assets',
    // The policy of the pages allows no scripts and styles but files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { chunkFileNames: chunkName } },
  },
  server: {
    proxy: { '/reporting': server, '/api': server, '/login': server, '/logout': server, '/readyz': server },
  },
})

/** A chunk is named after its module; a language's texts after the language. */
function chunkName({ facadeModuleId }: { readonly facadeModuleId: string | null }): string {
  const [, language] = /\/i18n\/([^/]+)\/texts\.ts$/.exec(facadeModuleId ?? '') ?? []
  return `assets/${language ?? '[name]'}-[hash].js`
}

/** Smaller copies beside each file that is worth it: the server has nothing to compress while it runs. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    // Once the files are written: what is in them is final only then.
    writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle)) {
        const content = readFileSync(join(dir, name))
        if (content.length < 1024 || name.endsWith('.html')) continue
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
