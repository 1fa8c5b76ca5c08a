import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { helpText } from '../src/command.ts'

const root = join(import.meta.dirname, '../../..')

test('npx playhead works in a checkout', async () => {
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'playhead', 'help'], { cwd: root })
  expect(stdout).toBe(helpText)
})
