import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client'
import type { Backend } from './backend.ts'
import { findBrokenParts } from './findBrokenParts.ts'
import { messageOf } from '../messageOf.ts'
import { migrate } from './migrate.ts'
import { RowsRefused } from './rowsRefused.ts'
import type { StoreEvent, StoreStatus } from './store.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/** First pause before connecting to the store again; it doubles with each failure in a row. */
const retryMs = 100
/** Longest pause before connecting to the store again. */
const retryMsMax = 10_000
/** A connection that held this long makes the next failure a first one. */
const steadyMs = 30_000

/** Keeps a backend connected and migrated: connects, waits until it is lost, connects again, until closed. */
export class Supervisor {
  readonly #connect: (signal: AbortSignal) => Promise<Backend>
  readonly #onMigrated: (client: ClickHouseClient) => Promise<void>
  readonly #onEvent: (event: StoreEvent) => void
  readonly #signals = new EventEmitter<{ ready: [] }>().setMaxListeners(0)
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #status: StoreStatus = { state: 'starting' }
  #client: ClickHouseClient | undefined
  /** Ends the connection there is. */
  #lose: (detail: string) => void = () => {}

  /** @param onMigrated what else is to be done with each connection before it is used */
  constructor(
    connect: (signal: AbortSignal) => Promise<Backend>,
    onMigrated: (client: ClickHouseClient) => Promise<void>,
    onEvent: (event: StoreEvent) => void,
  ) {
    this.#connect = connect
    this.#onMigrated = onMigrated
    this.#onEvent = onEvent
    this.#running = this.#run()
  }

  get status(): StoreStatus {
    return this.#status
  }

  /** Do something with the client. What fails without ClickHouse having refused it makes us connect anew. */
  async use<Result>(work: (client: ClickHouseClient) => Promise<Result>): Promise<Result> {
    const client = this.#client
    if (client === undefined) throw new StoreUnavailable(this.#status.detail ?? this.#status.state)
    try {
      return await work(client)
    } catch (error) {
      if (isAnswer(error)) throw error
      const detail = messageOf(error)
      if (client === this.#client) this.#lose(detail)
      throw new StoreUnavailable(detail, { cause: error })
    }
  }

  async whenReady(signal?: AbortSignal): Promise<void> {
    const signals = signal === undefined ? [] : [signal]
    if (this.#client !== undefined) return
    await once(this.#signals, 'ready', { signal: AbortSignal.any([this.#closing.signal, ...signals]) })
  }

  async close(): Promise<void> {
    this.#closing.abort(new StoreUnavailable('closed'))
    this.#lose('closed')
    await this.#running
    this.#status = { state: 'down', detail: 'closed' }
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    for (let failures = 0; !signal.aborted; failures++) {
      const beganMs = performance.now()
      const detail = await this.#connectUntilLost(beganMs)
      if (signal.aborted) return
      if (performance.now() - beganMs > steadyMs) failures = 0
      const retryInMs = Math.min(retryMs * 2 ** failures, retryMsMax)
      this.#status = { state: 'down', detail }
      this.#onEvent({ kind: 'down', detail, retryInMs })
      await sleep(retryInMs, undefined, { signal }).catch(() => {})
    }
  }

  /** One connection from beginning to end; resolves with what ended it. */
  async #connectUntilLost(beganMs: number): Promise<string> {
    const { signal } = this.#closing
    let backend: Backend | undefined
    // A statement of an engine that hangs is answered when the engine is closed.
    const close = (): void => void backend?.close().catch(() => {})
    try {
      backend = await this.#connect(signal)
      signal.addEventListener('abort', close, { once: true })
      for (const migration of await migrate(backend.client)) this.#onEvent({ kind: 'migrated', migration })
      await this.#onMigrated(backend.client)
      const broken = await findBrokenParts(backend.client)
      if (broken !== undefined) this.#onEvent({ kind: 'damaged', detail: broken })
      if (signal.aborted) return 'closed'
      signal.removeEventListener('abort', close)
      const reported = new Promise<string>((resolve) => {
        this.#lose = resolve
      })
      this.#client = backend.client
      this.#status = { state: 'ready', ...(broken !== undefined && { detail: broken }) }
      this.#onEvent({ kind: 'ready', afterMs: Math.round(performance.now() - beganMs) })
      this.#signals.emit('ready')
      return await Promise.race([backend.lost, reported])
    } catch (error) {
      return messageOf(error)
    } finally {
      signal.removeEventListener('abort', close)
      this.#client = undefined
      await backend?.close()
    }
  }
}

/** ClickHouse answered, or we did: the connection is not to blame. */
function isAnswer(error: unknown): boolean {
  return answers.some((kind) => error instanceof kind)
}

/** A RangeError is what V8 throws for a text longer than its longest string: connecting anew would not help. */
const answers = [ClickHouseError, RowsRefused, StoreUnavailable, TypeError, RangeError, SyntaxError]
