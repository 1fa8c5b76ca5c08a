import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// CI reads the counts from a file; see .ci/run.
const jsonFile = process.env['VITEST_JSON']

/** Only ever waited out by a test that fails, also on a machine that has much else to do. */
export const timeoutMs = 300_000

/** Start the real server, or the real store. */
const system = ['packages/server/test/**/*.test.ts', 'examples/**/*.test.ts']

/**
 * Three kinds of tests. `npm test` runs `unit` and `system`; `npm run check` runs the `trials` as well, which damage and
 * kill servers time after time, or try very many inputs.
 */
export default defineConfig({
  resolve: {
    // The packages as they are written: what is tested is never an older build.
    alias: [
      { find: /^@playhead\/protocol$/, replacement: source('protocol/src/index.ts') },
      { find: /^@playhead\/protocol\/reporting$/, replacement: source('protocol/src/reporting/index.ts') },
      { find: /^@playhead\/engine$/, replacement: source('engine/src/index.ts') },
    ],
  },
  test: {
    reporters: jsonFile === undefined ? ['default'] : ['default', 'json'],
    ...(jsonFile !== undefined && { outputFile: { json: jsonFile } }),
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    // Vitest leaves one core free, of two that is half of them. One more, for system tests wait most of their time.
    maxWorkers: availableParallelism() + 1,
    setupFiles: ['packages/testing/src/server/sameSeed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Files share what they import: of most of them loading it takes longer than the tests.
          isolate: false,
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'packages/protocol/test/**/*.test.ts',
            'packages/engine/test/**/*.test.ts',
            'crash-tests/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: system,
          globalSetup: ['packages/testing/src/server/shareServer.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'trials',
          include: ['{packages,crash-tests,examples}/**/*.trial.ts'],
          exclude: ['**/node_modules/**'],
          // Alone, one after the other: each takes the machine for itself.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

function source(path: string): string {
  return join(import.meta.dirname, 'packages', path)
}
