import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '@playhead/testing/server/until.ts'
import { claimDataDir, ownerWaitMaxMs } from './dataDir.ts'

let dir: string
let parent: ChildProcess | undefined
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playhead-owner-'))
})
afterEach(async () => {
  parent?.kill('SIGKILL')
  parent = undefined
  await rm(dir, { recursive: true })
})

const statOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')

/** Make a process the owner of the folder: the child of one that never takes note of its end. */
async function own(command: string): Promise<number> {
  parent = spawn('sh', ['-c', `${command} & echo $!; exec sleep 60`], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = (await once(parent.stdout ?? expect.unreachable(), 'data')) as [Buffer]
  const pid = Number(said.toString())
  const [, rest = ''] = (await statOf(pid)).split(') ')
  await writeFile(join(dir, 'playhead.pid'), `${pid} ${rest.split(' ')[19]}\n`)
  return pid
}

test('a zombie does not own the folder', async () => {
  const pid = await own('sleep 0.2')
  await until('a zombie', async () => (await statOf(pid)).includes(') Z '))
  const release = await claimDataDir(dir)
  await release()
})

test('an owner that is dying is waited for', async () => {
  const pid = await own('sleep 1')
  const release = await claimDataDir(dir)
  expect(await statOf(pid)).toContain(') Z ')
  await release()
})

test('an owner that lives keeps it, also when it stands still', async () => {
  const pid = await own('sleep 60')
  process.kill(pid, 'SIGSTOP')
  await expect(claimDataDir(dir)).rejects.toThrow(
    `is in use by process ${pid}, also after ${ownerWaitMaxMs / 1000} s`,
  )
  process.kill(pid, 'SIGKILL')
})

test('another process that has its number by now does not', async () => {
  const pid = await own('sleep 60')
  await writeFile(join(dir, 'playhead.pid'), `${pid} 1\n`)
  await (
    await claimDataDir(dir)
  )()
  process.kill(pid, 'SIGKILL')
})
