import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'timelines/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
