import { defineConfig } from 'vitest/config'
import { timeoutMs } from './vitest.config.ts'

// What needs a browser: `npm run test:browser`. All the rest needs Node alone.
const jsonFile = process.env['VITEST_JSON']

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
