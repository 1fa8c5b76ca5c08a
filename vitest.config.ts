import { availableParallelism } from 'node:os'
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
  test: {
    reporters: jsonFile === undefined ? ['default'] : ['default', 'json'],
    ...(jsonFile !== undefined && { outputFile: { json: jsonFile } }),
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    // Vitest leaves one core free, of two that is half of them. One more, for system tests wait most of their time.
    maxWorkers: availableParallelism() + 1,
    setupFiles: ['packages/server/test/support/sameSeed.ts'],
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
            'timelines/**/*.test.ts',
            'simulator/**/*.test.ts',
            'faults/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: system,
          globalSetup: ['packages/server/test/support/shareServer.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'trials',
          include: ['{packages,faults,examples,simulator}/**/*.trial.ts'],
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
