import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { lockFolder } from './folderLock.ts'

test('a folder is had by one, and by another one when it has been given back', async () => {
  const path = await temporaryFolder()
  const release = await lockFolder(path)
  expect(release).toBeDefined()
  expect(await lockFolder(path)).toBeUndefined()
  const [socket = '', ...others] = await readdir(path)
  expect(others).toEqual([])
  // Of whatever user: a server of another one would never learn that this one has ended.
  expect((await stat(join(path, socket))).mode & 0o666).toBe(0o666)
  await release?.()
  expect(await readdir(path)).toEqual([])
  const again = await lockFolder(path)
  expect(again).toBeDefined()
  await again?.()
})

test('of many who come at once one has it at most', async () => {
  const path = await temporaryFolder()
  for (let time = 0; time < 50; time += 1) {
    const tried = await Promise.all([1, 2, 3, 4].map(() => lockFolder(path)))
    const [had, ...others] = tried.filter((release) => release !== undefined)
    expect(others).toEqual([])
    await had?.()
  }
  expect(await readdir(path)).toEqual([])
})

test.each(['SIGKILL', 'SIGSTOP'] as const)('of another process that got %s', async (signal) => {
  // Deeper than the address of a socket may be long.
  const path = join(await temporaryFolder(), 'a'.repeat(120))
  await mkdir(path)
  await writeFile(join(path, 'playhead-0123456789abcdef.lock'), 'no socket')
  const code = `
    const { lockFolder } = await import(${JSON.stringify(new URL('../../dist/dataFolder/folderLock.js', import.meta.url))})
    console.log(typeof (await lockFolder(process.argv[1])))
    setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', code, path])
  try {
    const [said] = (await once(other.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('function\n')
    expect(await lockFolder(path)).toBeUndefined()
    other.kill(signal)
    if (signal === 'SIGKILL') await once(other, 'exit')
    const release = await lockFolder(path)
    // One that stands still may go on.
    expect(typeof release).toBe(signal === 'SIGKILL' ? 'function' : 'undefined')
    await release?.()
  } finally {
    other.kill('SIGKILL')
  }
})
