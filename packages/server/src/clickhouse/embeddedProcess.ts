import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { setPriority } from 'node:os'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Reply, Request, StatementRequest } from './embeddedMessages.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/** `embeddedChild.ts` beside `src`, `.js` beside `dist`. */
const script = new URL(`./embeddedChild${extname(import.meta.url)}`, import.meta.url)
/** Room for four reports, inserts, and the file work of Node itself; libuv has 4 threads otherwise. */
const threads = '12'
/** Where 0 is the collector's. */
const niceness = 5
/** How long closing the store waits for what is running. */
const closeMsMax = 5000
/** Lines of the engine's stderr kept to explain its end. */
const lastWordsMax = 5

interface Pending {
  readonly pieces: Uint8Array[]
  readonly resolve: (pieces: readonly Uint8Array[]) => void
  readonly reject: (error: Error) => void
}

/** The engine's process as its server sees it. */
export class EmbeddedProcess {
  readonly #child: ChildProcess
  readonly #pending = new Map<number, Pending>()
  readonly #lastWords: string[] = []
  #nextId = 1
  /** Resolves with how the process ended. */
  readonly exited: Promise<string>
  /** Resolves when the engine is open. */
  readonly opened: Promise<void>

  constructor(folder: string, onLine: (line: string) => void) {
    mkdirSync(folder, { recursive: true })
    const child = fork(fileURLToPath(script), [folder], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, UV_THREADPOOL_SIZE: threads },
    })
    this.#child = child
    stepBack(child)
    // One that hangs in the engine, as it may on a dead disk, does not see its channel go.
    const endTogether = (): void => this.kill()
    process.on('exit', endTogether)
    child.on('close', () => process.off('exit', endTogether))
    if (child.stderr !== null) {
      createInterface(child.stderr).on('line', (line) => {
        // While it waits for a locked folder, it says so again and again.
        if (line === this.#lastWords.at(-1)) return
        this.#lastWords.push(line)
        if (this.#lastWords.length > lastWordsMax) this.#lastWords.shift()
        onLine(line)
      })
    }
    this.opened = new Promise((resolve) => {
      child.on('message', (reply: Reply) => (reply.kind === 'open' ? resolve() : this.#settle(reply)))
    })
    this.exited = new Promise((resolve) => {
      child.on('error', (error) => this.#end(error.message, resolve))
      child.on('close', (code, signal) => this.#end(`it ended with ${signal ?? `code ${code}`}`, resolve))
    })
  }

  /**
   * Resolves with the result, in pieces.
   *
   * @throws StoreUnavailable when the process ends before it answers
   * @throws Error with ClickHouse's message
   */
  run(statement: Omit<StatementRequest, 'kind' | 'id'>): Promise<readonly Uint8Array[]> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, { pieces: [], resolve, reject })
      this.#send({ kind: 'statement', id, ...statement }, (error) => this.#fail(id, error))
    })
  }

  /** Let it finish what it has, for a while. */
  async close(): Promise<void> {
    const forceCloseTimer = setTimeout(() => this.kill(), closeMsMax)
    this.#send({ kind: 'close' }, () => this.kill())
    await this.exited
    clearTimeout(forceCloseTimer)
  }

  /** At once; the engine is built to survive it. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #send(request: Request, onError: (error: Error) => void): void {
    if (!this.#child.connected) return onError(new Error('it has ended'))
    this.#child.send(request, (error) => {
      if (error !== null) onError(error)
    })
  }

  #settle(reply: Exclude<Reply, { kind: 'open' }>): void {
    const pending = this.#pending.get(reply.id)
    if (reply.kind !== 'refused') pending?.pieces.push(reply.bytes)
    if (reply.kind === 'piece') return
    this.#pending.delete(reply.id)
    if (reply.kind === 'done') pending?.resolve(pending.pieces)
    else pending?.reject(new Error(reply.message))
  }

  #fail(id: number, cause: Error): void {
    this.#pending.get(id)?.reject(new StoreUnavailable(`the engine: ${cause.message}`, { cause }))
    this.#pending.delete(id)
  }

  #end(how: string, resolve: (detail: string) => void): void {
    const detail = [how, ...this.#lastWords].join('; ')
    for (const id of this.#pending.keys()) this.#fail(id, new Error(detail))
    resolve(`the engine: ${detail}`)
  }
}

/** A heavy report must not slow collection. Set from here, at once, because threads inherit it when they are made. */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness)
  } catch {
    // Not allowed, or already gone: it works without.
  }
}
