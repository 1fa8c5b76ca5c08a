import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const module = join(import.meta.dirname, 'memory.ts')
const source = `import { heapBytes } from ${JSON.stringify(module)}; console.log(heapBytes() / 1_048_576)`

/** Another Node may add more to it for what is young; CI asks the oldest and the current LTS. */
test.each([128, 1536])(
  'a heap of %d MiB has so much for what stays, whatever Node it is',
  async (mebibytes) => {
    const words = [
      `--max-old-space-size=${mebibytes}`,
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      source,
    ]
    const { stdout } = await promisify(execFile)(process.execPath, words)
    expect(Number(stdout)).toBe(mebibytes)
  },
)
