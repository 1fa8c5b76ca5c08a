import { defineConfig } from 'vitest/config'

// CI reads the counts from a file; see .ci/run.
const jsonFile = process.env['VITEST_JSON']

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.{ts,tsx}',
      'packages/{protocol,server}/test/**/*.test.ts',
      'examples/**/*.test.ts',
      'timelines/**/*.test.ts',
      'simulator/**/*.test.ts',
      'faults/**/*.test.ts',
    ],
    reporters: jsonFile === undefined ? ['default'] : ['default', 'json'],
    ...(jsonFile !== undefined && { outputFile: { json: jsonFile } }),
    testTimeout: 60_000,
  },
})
