import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const module = join(import.meta.dirname, '../src/commands/progress.ts')
/** Half of it is done all the time, until the line of a terminal is due. */
const source = `
  import { progressOf } from ${JSON.stringify(module)}
  const progress = progressOf('rebuild')
  const endMs = performance.now() + 500
  while (performance.now() < endMs) progress.tell(1, 2)
  progress.end()
  console.log('done')`
const command = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', source]

test('on a terminal a command writes its line anew, and leaves none behind', async () => {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const { stdout } = await promisify(execFile)('script', ['-qec', quoted, '/dev/null'])
  const [before, ...lines] = stdout.split('\r\u001b[2K')
  expect(before).toBe('')
  expect(lines.slice(0, -1)).toContain('rebuild: 50 %')
  expect(lines.at(-1)).toBe('done\r\n')
})

test('in a pipe a short command says nothing of its progress', async () => {
  const [path = '', ...words] = command
  expect(await promisify(execFile)(path, words)).toEqual({ stdout: 'done\n', stderr: '' })
})
