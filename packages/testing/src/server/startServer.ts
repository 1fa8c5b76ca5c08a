import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built server, which is every command. */
export const main = fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url))

/** The real server in a process of its own, as `npm start` starts it once built. */
export interface Server {
  readonly url: string
  readonly process: ChildProcess
  /** What it has written so far. */
  readonly output: { readonly out: string; readonly err: string }
  /** SIGKILL, as a crash does it; resolves when the process is gone. */
  crash(): Promise<void>
  /** SIGTERM, as an operator does it; resolves with the exit code. */
  stop(): Promise<number | null>
}

export type Env = Readonly<Record<string, string>>

/** A folder for a server's data; `remove` it in the end. */
export async function temporaryDataDir(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'playhead-test-'))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Start the server on a free port. Rejects with what it wrote to standard error when it ends instead. */
export function startServer(dataDir: string, env: Env = {}): Promise<Server> {
  return launchServer(dataDir, env).listening
}

/** The process of a server that is about to listen: for those who do not let it come so far. */
export function launchServer(
  dataDir: string,
  env: Env = {},
): { readonly process: ChildProcess; readonly listening: Promise<Server> } {
  const child = spawnServer({
    PLAYHEAD_DATA_DIR: dataDir,
    PLAYHEAD_PORT: '0',
    PLAYHEAD_LOG_LEVEL: 'warn',
    ...env,
  })
  const output = { out: '', err: '' }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.err += text))
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output.out += text
      const [, found] = /listens on (\S+)/.exec(output.out) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output.err}`)))
  })
  const serverAt = (url: string): Server => ({
    url,
    process: child,
    output,
    async crash() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill('SIGTERM')
      await once(child, 'exit')
      return child.exitCode
    },
  })
  return { process: child, listening: listening.then(serverAt) }
}

/** Told every ten seconds by a command that takes as long: on a machine that has much else to do, any may. */
const progressLine = /^\w+: \d+ %.*\n/gm

/**
 * Run the server until it ends by itself, as it does on a setting it cannot use, and on another command. What it wrote to standard
 * error is without the lines of its progress.
 */
export async function runToItsEnd(
  env: Env,
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawnServer(env, args)
  const output = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.err += text))
  await once(child, 'close')
  return { code: child.exitCode, out: output.out, err: output.err.replace(progressLine, '') }
}

/** A process of the server, or of another command; of the settings it has none but these. */
export function spawnServer(env: Env, args: readonly string[] = []): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PLAYHEAD_'))
  return spawn(process.execPath, [main, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
