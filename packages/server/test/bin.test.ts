import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { helpText } from '../src/commands/help.ts'
import { runToItsEnd } from '@playhead/testing/server/startServer.ts'

const root = join(import.meta.dirname, '../../..')

test('npx playhead works in a checkout', async () => {
  const { stdout } = await promisify(execFile)('npx', ['--no-install', 'playhead', 'help'], { cwd: root })
  expect(stdout).toBe(helpText)
})

test('the version and help are said with exit code 0', async () => {
  expect(await runToItsEnd({}, '--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    err: '',
  })
  expect(await runToItsEnd({}, 'erase', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('--visitor <id>') as string,
    err: '',
  })
})
