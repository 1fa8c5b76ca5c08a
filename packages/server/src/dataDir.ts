import { access, constants, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from './startError.ts'

/**
 * Make the data folder, and make sure that no other server works in it: two journals in one folder would
 * destroy each other. Resolves with what gives the folder back.
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
    return await claim(dataDir)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`the data folder ${dataDir} cannot be used: ${messageOf(error)}`, error)
  }
}

async function claim(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'playhead.pid')
  const owner = await ownerOf(path)
  if (owner !== undefined) throw new StartError(`the data folder ${dataDir} is in use by process ${owner}`)
  await rm(path, { force: true })
  const file = await open(path, 'wx')
  await file.writeFile(`${process.pid} ${await startOf(process.pid)}\n`)
  await file.close()
  return () => rm(path, { force: true })
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
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command, in parentheses, may hold spaces; the start is the 20th field behind it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
