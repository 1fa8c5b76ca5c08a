import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Env, launchServer, type Server } from '@playhead/testing/server/startServer.ts'
import { Line } from './line.ts'
import { signalTo, storeOf, untilGone } from './processes.ts'

/** Windows short enough that a crash meets every phase; all of them are settings of the server. */
export const quickSettings: Env = {
  PLAYHEAD_REORDER_WINDOW_MS: '1000',
  PLAYHEAD_CHECKPOINT_INTERVAL_S: '1',
  PLAYHEAD_LOG_LEVEL: 'fatal',
}

/** The window for events out of order, and two ticks of the log's clock. */
const settleMs = 3000
/** How long the store may take for what is left in the end. */
const storedMsMax = 600_000

/** Of what `/readyz` says. */
export interface Readiness {
  readonly status: number
  readonly journal: string
  readonly store: string
  readonly storeLagRecords: number
  readonly storeTrouble?: string
  readonly checkpointTrouble?: string
  readonly clock: string
  readonly clockOffsetMs?: number
}

/** A data folder, and the server that works in it at present, if one does. */
export class Host {
  readonly dataDir: string
  readonly line = new Line()
  readonly #env: Env
  #launched: { readonly process: ChildProcess; readonly listening: Promise<Server> } | undefined

  constructor(dataDir: string, env: Env = quickSettings) {
    this.dataDir = dataDir
    this.#env = env
  }

  /** Start the server; resolves when it listens. Rejects when it does not come up. */
  async start(): Promise<Server> {
    const server = await this.launch()
    this.line.up(server.url)
    return server
  }

  /** Start the server and do not wait for it. */
  launch(): Promise<Server> {
    this.#launched = launchServer(this.dataDir, this.#env)
    this.#launched.listening.catch(() => {})
    return this.#launched.listening
  }

  /** The server that was started. */
  server(): Promise<Server> {
    if (this.#launched === undefined) throw new Error('no server was started')
    return this.#launched.listening
  }

  async readiness(): Promise<Readiness> {
    const { url } = await this.server()
    const response = await fetch(`${url}/readyz`)
    return { ...((await response.json()) as Omit<Readiness, 'status'>), status: response.status }
  }

  /** Resolves when the store is behind by so many records at most. */
  async untilCaughtUp(recordsMax: number, timeoutMs: number): Promise<void> {
    const deadlineMs = Date.now() + timeoutMs
    while ((await this.readiness()).storeLagRecords > recordsMax) {
      if (Date.now() > deadlineMs) throw new Error(`the store did not catch up in ${timeoutMs / 1000} s`)
      await wait(100)
    }
  }

  /** Resolves when nobody sends any more, and the store has all that came in: sessions that were ended are closed. */
  async untilStored(): Promise<void> {
    await this.untilCaughtUp(0, storedMsMax)
    // Now for the clock records that the window of the last events needs.
    await wait(settleMs)
    await this.untilCaughtUp(0, storedMsMax)
  }

  get isUp(): boolean {
    const child = this.#launched?.process
    return child !== undefined && child.exitCode === null && child.signalCode === null
  }

  get pid(): number {
    return this.#launched?.process.pid ?? 0
  }

  /** SIGKILL to the server, and at the same moment to its store if that is wanted; resolves when both are gone. */
  async kill(withStore: boolean): Promise<void> {
    if (this.#launched === undefined || !this.isUp) return
    const store = await storeOf(this.pid)
    const exited = once(this.#launched.process, 'exit')
    signalTo(this.pid, 'SIGKILL')
    if (withStore) signalTo(store, 'SIGKILL')
    this.line.down()
    await exited
    await untilGone(store)
  }

  /** Resolves with the exit code of a server that ends by itself. */
  async ended(): Promise<number | null> {
    const child = (await this.server()).process
    if (this.isUp) await once(child, 'exit')
    this.line.down()
    return child.exitCode
  }

  /**
   * SIGTERM, once everything is in the store. When that does not go well, a server that is started anew has to bring it
   * about: only then can be told what was lost. Answers what went wrong.
   *
   * @param leave has the players end their sessions
   */
  async comeToRest(leave: () => Promise<void>, isOrderly: boolean): Promise<string[]> {
    try {
      if (!isOrderly) {
        await this.kill(true)
        await this.start()
      }
      await leave()
      await this.untilStored()
      const code = await this.stop()
      return code === 0 ? [] : [`the orderly stop in the end answered ${code}`]
    } catch (error) {
      const wrong = [error instanceof Error ? error.message : String(error)]
      return isOrderly ? [...wrong, ...(await this.comeToRest(leave, false))] : wrong
    }
  }

  /** SIGTERM; answers the exit code. */
  async stop(): Promise<number | null> {
    const server = await this.server()
    this.line.down()
    return server.stop()
  }
}
