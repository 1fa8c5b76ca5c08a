import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rm } from 'node:fs/promises'
import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/** A socket of one who has the folder, or would like to. */
const isLock = (name: string): boolean => /^playhead-[0-9a-f]{16}\.lock$/.test(name)
/** What `connect` says where nobody listens any more: those whose process has ended, however it ended. */
const goneCodes: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ENOENT'])
/** What `listen` says where there can be no socket: the file system has none, or the process may make none. */
const unsupportedCodes = new Set([
  'EACCES',
  'EAFNOSUPPORT',
  'EINVAL',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EPERM',
])

/**
 * Take a folder for this process alone, also where other processes are in other containers and share nothing but the
 * folder. The kernel lets go of it when the process ends. Each who comes first listens at a socket of its own in the
 * folder, and then looks whether another one's answers. Of two who come at once the later sees the other, or both
 * see each other and neither gets it: they can come again, and two never have it.
 *
 * Resolves with what gives the folder back; `undefined` when another process has it. Where the file system has no
 * sockets, nobody is kept out by this.
 */
export async function lockFolder(path: string): Promise<(() => Promise<void>) | undefined> {
  const folder = await open(path, 'r')
  const name = `playhead-${randomBytes(8).toString('hex')}.lock`
  const server = await listen(addressOf(path, folder, name)).catch(async (error: unknown) => {
    await folder.close()
    throw error
  })
  const release = async (): Promise<void> => {
    await new Promise((resolve) => {
      if (server) server.close(resolve)
      else resolve(undefined)
    })
    await rm(join(path, name), { force: true })
    await folder.close()
  }
  if (server === undefined) return release
  try {
    const others = (await readdir(path)).filter((other) => isLock(other) && other !== name)
    for (const other of others) {
      if (await isAnswering(addressOf(path, folder, other))) {
        await release()
        return undefined
      }
      await rm(join(path, other), { force: true })
    }
    return release
  } catch (error) {
    await release()
    throw error
  }
}

/** An address has a hundred bytes at most, so on Linux the folder is named by its descriptor. */
function addressOf(path: string, { fd }: FileHandle, name: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${fd}/${name}` : join(path, name)
}

/** `undefined` where the file system, or the system, lets nobody. */
async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((connection) => connection.destroy())
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve).once('error', reject)
      // Another user, too, has to find out whether anybody is there.
      server.listen({ path: address, readableAll: true, writableAll: true })
    })
    return server.unref()
  } catch (error) {
    if (error instanceof Error && 'code' in error && unsupportedCodes.has(String(error.code)))
      return undefined
    throw error
  }
}

async function isAnswering(address: string): Promise<boolean> {
  const connection = createConnection(address)
  try {
    return await new Promise<boolean>((resolve) => {
      connection.once('connect', () => resolve(true))
      connection.once('error', ({ code }: NodeJS.ErrnoException) => resolve(!goneCodes.has(code)))
    })
  } finally {
    connection.destroy()
  }
}
