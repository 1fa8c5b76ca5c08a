import { totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { drainPending, Session } from 'chdb'
import { databaseName } from './databaseName.ts'

/** How long the engine waits for a folder whose last holder is still dying. */
const openMsMax = 10_000
/** How often the engine looks whether that folder is free. */
const openRetryMs = 50

const mebibyte = 2 ** 20

/**
 * Bytes of one result at most. ClickHouse bounds what it reads; written as JSON a text may be six times as long, and all of it
 * has to be sent to the server's process.
 */
const resultMaxBytes = 512 * mebibyte

/**
 * chdb on a folder. Each statement has a connection of its own, which takes 0.2 ms: settings and parameters cannot
 * leak from one to the next, and none waits for another. chdb's own way to bind parameters would queue all
 * of them behind each other, as they share one place in the engine.
 */
export class EmbeddedEngine {
  readonly #folder: string
  /** Keeps the engine open between statements. */
  readonly #anchor: Session

  private constructor(folder: string, anchor: Session) {
    this.#folder = folder
    this.#anchor = anchor
  }

  /** @throws when the folder stays locked, or cannot be opened; ClickHouse writes the reason to stderr */
  static async open(folder: string): Promise<EmbeddedEngine> {
    const anchor = await openAnchor(folder)
    await anchor.queryAsync(`CREATE DATABASE IF NOT EXISTS ${databaseName}`)
    return new EmbeddedEngine(folder, anchor)
  }

  /**
   * @param set a `SET` statement, or '' for none
   * @throws Error with ClickHouse's message
   */
  async run(set: string, sql: string): Promise<Uint8Array> {
    return this.#with(set, async (connection) => {
      const bytes = (await connection.queryAsync(sql)).bytes()
      if (bytes.length <= resultMaxBytes) return bytes
      // As ClickHouse puts it, so that both are understood alike.
      throw new Error(
        `Code: 396. DB::Exception: The result has ${bytes.length} bytes, ${resultMaxBytes} are the limit. (TOO_MANY_ROWS_OR_BYTES)`,
      )
    })
  }

  /**
   * @param rows a line of JSON each
   * @throws Error with ClickHouse's message
   */
  async insert(set: string, table: string, rows: Uint8Array): Promise<void> {
    await this.#with(set, (connection) =>
      connection.insert({
        table,
        format: 'JSONEachRow',
        values: Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength),
      }),
    )
  }

  async #with<Result>(set: string, work: (connection: Session) => Promise<Result>): Promise<Result> {
    const connection = new Session(this.#folder)
    try {
      await connection.queryAsync(`USE ${databaseName}`)
      if (set !== '') await connection.queryAsync(set)
      return await work(connection)
    } finally {
      connection.close()
    }
  }

  /** Only when nothing runs: to close under a statement aborts the engine. */
  async close(): Promise<void> {
    this.#anchor.close()
    await drainPending()
  }
}

async function openAnchor(folder: string): Promise<Session> {
  for (const beganMs = performance.now(); ;) {
    try {
      return new Session(folder, { connectionArgs: memoryLimits() })
    } catch (error) {
      if (performance.now() - beganMs > openMsMax) throw error
      await sleep(openRetryMs)
    }
  }
}

/** The engine beside the collector on one small machine: its own defaults are for a machine of its own. */
function memoryLimits(): string[] {
  const limits = {
    max_server_memory_usage: Math.min(2048 * mebibyte, Math.floor(machineBytes() / 2)),
    mark_cache_size: 64 * mebibyte,
    index_mark_cache_size: 16 * mebibyte,
    primary_index_cache_size: 64 * mebibyte,
    query_condition_cache_size: 8 * mebibyte,
    compiled_expression_cache_size: 16 * mebibyte,
  }
  return Object.entries(limits).map(([name, bytes]) => `--${name}=${bytes}`)
}

/** Memory of the machine, or of the container when that is less. */
function machineBytes(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}
