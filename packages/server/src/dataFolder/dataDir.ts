import { access, constants, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { exists } from './fileId.ts'
import { lockFolder } from './folderLock.ts'
import { nodeFiles } from '../log/journalFiles.ts'
import { messageOf } from '../messageOf.ts'
import { StartError } from '../startError.ts'

/** How long a start waits for another process to let go of the data folder: one that was killed may take a moment to die. */
export const ownerWaitMaxMs = 5000
/** How often it looks meanwhile. */
const ownerLookMs = 100

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
  const release = await lockWhenFree(dataDir, path)
  if (await exists(join(dataDir, restoringName))) {
    await release()
    throw new StartError(
      `a restore into the data folder ${dataDir} was interrupted: empty it and restore again`,
    )
  }
  await writeFile(path, `${process.pid} ${(await processAt(process.pid)).start}\n`)
  return async () => {
    await rm(path, { force: true })
    await release()
  }
}

/** Resolves when no other process has the folder; it may be about to let go of it. */
async function lockWhenFree(dataDir: string, pidPath: string): Promise<() => Promise<void>> {
  for (const beganMs = performance.now(); ;) {
    const release = await lock(dataDir)
    const owner = await ownerOf(pidPath)
    if (release !== undefined && owner === undefined) return release
    await release?.()
    if (performance.now() - beganMs >= ownerWaitMaxMs) {
      const user = owner === undefined ? 'another process, maybe of another container' : `process ${owner}`
      throw new StartError(
        `the data folder ${dataDir} is in use by ${user}, also after ${ownerWaitMaxMs / 1000} s: one server, or one command that needs it stopped, at a time`,
      )
    }
    // Not at even times: two that wait for a third must not look at the same moments for ever.
    await wait(ownerLookMs * (0.5 + Math.random()))
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
  if (!/^\d+$/.test(pid) || !canBeSignalled(Number(pid))) return undefined
  const found = await processAt(Number(pid))
  return found.start === start && !isDead(found.state) ? Number(pid) : undefined
}

/** Also a process that has ended can be, until its parent takes note of it. */
function canBeSignalled(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A zombie, or one that is about to be gone. */
function isDead(state: string): boolean {
  return state === 'Z' || state === 'X' || state === 'x'
}

/**
 * The state of a process, and when it began, in ticks since boot: process ids are used again. Both empty where the system
 * does not tell.
 */
async function processAt(pid: number): Promise<{ readonly state: string; readonly start: string }> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command, in parentheses, may hold spaces; behind it the state comes first, the start is the 20th field.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', start: fields[19] ?? '' }
}
