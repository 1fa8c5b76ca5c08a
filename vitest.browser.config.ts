import { defineConfig } from 'vitest/config'

// What needs a browser: `npm run test:browser`. All the rest needs Node alone.
const jsonFile = process.env['VITEST_JSON']

/** Only ever waited out by a test that fails, also on a machine that has much else to do. */
const timeoutMs = 300_000

export default defineConfig({
  test: {
    include: ['packages/dashboard/test/**/*.test.ts'],
    reporters: jsonFile === undefined ? ['default'] : ['default', 'json'],
    ...(jsonFile !== undefined && { outputFile: { json: jsonFile } }),
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    // One browser at a time is enough for two cores.
    fileParallelism: false,
  },
})
