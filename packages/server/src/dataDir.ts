import { access, constants, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { lockFolder } from './folderLock.ts'
import { nodeFiles } from './log/journalFiles.ts'
import { messageOf } from './messageOf.ts'
import { StartError } from './startError.ts'

/** What is being restored into a data folder, until it is whole. */
export const restoringName = 'restoring'

/**
 * Make the data folder, and make sure that no other server works in it: two journals in one folder would
 * destroy each other. Resolves with what gives the folder back.
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  try {
    // So that the folder itself outlives a power cut, with all that is synced in it.
    await nodeFiles.makeDir(dataDir)
    await access(dataDir, constants.W_OK)
    return await claim(dataDir)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`the data folder ${dataDir} cannot be used: ${messageOf(error)}`, error)
  }
}

async function claim(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'playhead.pid')
  const release = await lock(dataDir)
  const owner = await ownerOf(path)
  if (owner !== undefined || release === undefined) {
    await release?.()
    const user = owner === undefined ? 'another process, maybe of another container' : `process ${owner}`
    throw new StartError(
      `the data folder ${dataDir} is in use by ${user}: one server, or one command that needs it stopped, at a time`,
    )
  }
  if (
    await access(join(dataDir, restoringName)).then(
      () => true,
      () => false,
    )
  ) {
    await release()
    throw new StartError(
      `a restore into the data folder ${dataDir} was interrupted: empty it and restore again`,
    )
  }
  await writeFile(path, `${process.pid} ${await startOf(process.pid)}\n`)
  return async () => {
    await rm(path, { force: true })
    await release()
  }
}

/** Two locks: the first decides between two processes that start at once, the second reaches into other containers. */
async function lock(dataDir: string): Promise<(() => Promise<void>) | undefined> {
  const releaseName = await lockName(dataDir)
  if (releaseName === undefined) return undefined
  const releaseFolder = await lockFolder(dataDir)
  if (releaseFolder === undefined) {
    await releaseName()
    return undefined
  }
  return async () => {
    await releaseFolder()
    await releaseName()
  }
}

/**
 * Take a lock that the kernel lets go of when the process ends, however it ends: a socket without a file, named after
 * the folder (Linux only). `undefined` when another process of this network namespace has it. The file with the process
 * id cannot do that: two that find it stale at one moment would both take over.
 */
async function lockName(dataDir: string): Promise<(() => Promise<void>) | undefined> {
  if (process.platform !== 'linux') return async () => {}
  const { dev, ino } = await stat(dataDir)
  const server = createServer()
  server.listen(`\0playhead-${dev}-${ino}`)
  const isOurs = await new Promise<boolean>((resolve) => {
    server.once('listening', () => resolve(true)).once('error', () => resolve(false))
  })
  server.unref()
  return isOurs ? () => new Promise((resolve) => server.close(() => resolve())) : undefined
}

/** The living process that the file names; a killed server leaves its file behind. */
async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [pid = '', start = ''] = text.trim().split(' ')
  const isSameProcess = /^\d+$/.test(pid) && isAlive(Number(pid)) && (await startOf(Number(pid))) === start
  return isSameProcess ? Number(pid) : undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, in ticks since boot: process ids are used again. Empty where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command, in parentheses, may hold spaces; the start is the 20th field behind it.
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
