import { join } from 'node:path'
import type { ClickHouseSettings } from '@clickhouse/client'
import { connectEmbedded } from './connectEmbedded.ts'
import { connectServer } from './connectServer.ts'
import { eraseSessions } from './eraseSessions.ts'
import { exportRows } from './exportRows.ts'
import { type EncodedRow, encodeRow } from './encodeRow.ts'
import { insertErrorOf } from './insertFailure.ts'
import { insertRows } from './insertRows.ts'
import { probeTable } from './probeTable.ts'
import { queryRows } from './queryRows.ts'
import { removeParts } from './removeParts.ts'
import { holdRetention, type Retention, retain } from './retain.ts'
import { seenSuites } from './seenSuites.ts'
import { slicesOf } from './slicesOf.ts'
import { StoreFolder } from './storeFolder.ts'
import type { Store, StoreEvent, StoreInsert, StoreReader, StoreTable } from './store.ts'
import { Supervisor } from './supervisor.ts'

export interface StoreOptions {
  /** The server's data folder; the embedded engine takes `clickhouse` in it. */
  readonly dataDir: string
  /** Another folder for the embedded engine. */
  readonly folder?: string
  /** `http[s]://user:password@host:port/database`; without one, ClickHouse is embedded. The database defaults to `playhead`. */
  readonly clickhouseUrl?: string | undefined
  /** How long rows are kept; left out: as it was. */
  readonly retention?: Retention
  readonly onEvent?: (event: StoreEvent) => void
  /** Told of every insert that is over. */
  readonly onInsert?: (insert: StoreInsert) => void
}

/**
 * Open the store. Returns at once, because collection does not wait for it: connecting, migrating and mending
 * go on behind, as long as the store is not closed. `status` tells how far it is.
 */
export function openStore(options: StoreOptions): Store {
  const {
    dataDir,
    folder = join(dataDir, 'clickhouse'),
    clickhouseUrl,
    retention,
    onEvent = () => {},
    onInsert = () => {},
  } = options
  const storeFolder = new StoreFolder(folder)
  const connect =
    clickhouseUrl === undefined
      ? (signal: AbortSignal) => connectEmbedded(folder, onEvent, signal, storeFolder)
      : (signal: AbortSignal) => connectServer(clickhouseUrl, signal)
  let isRetentionHeld = false
  const supervisor = new Supervisor(
    connect,
    async (client) => {
      if (isRetentionHeld) await holdRetention(client, true)
      if (retention) await retain(client, retention)
    },
    onEvent,
  )
  const readerWith = (seen: ClickHouseSettings, isNarrowed: boolean): StoreReader => ({
    isNarrowed,
    query: (sql, params = {}) => supervisor.use((client) => queryRows(client, sql, params, seen)),
    export: (sql, params, format) =>
      supervisor.use((client) => exportRows(client, sql, params, format, seen)),
  })
  async function insertEncoded(table: StoreTable, rows: readonly EncodedRow[], batch: string): Promise<void> {
    const beganMs = performance.now()
    let outcome: StoreInsert['outcome'] = 'failed'
    try {
      await supervisor.use((client) => insertRows(client, table, rows, batch))
      outcome = 'stored'
    } catch (error) {
      throw insertErrorOf(error, `${batch} into ${table}`)
    } finally {
      onInsert({ table, outcome, seconds: (performance.now() - beganMs) / 1000 })
    }
  }
  return {
    async insert(table, rows, batch) {
      // One insert after the other: the engine does one at a time.
      for await (const slice of slicesOf(encoded(rows))) {
        await insertEncoded(
          table,
          slice.map(({ line }) => line),
          batch,
        )
      }
    },
    insertEncoded,
    async probe(table, row) {
      try {
        await supervisor.use((client) => probeTable(client, table, row))
      } catch (error) {
        throw insertErrorOf(error, `a probe into ${table}`)
      }
    },
    removeParts: (table, keys) => supervisor.use((client) => removeParts(client, table, keys)),
    erase: (erased, onParts) => supervisor.use((client) => eraseSessions(client, erased, onParts)),
    ...readerWith({}, false),
    seenBy: (suites) => readerWith(seenSuites(suites), true),
    async holdRetention(isHeld) {
      // A server ages rows by its own clock, which we do not know.
      if (clickhouseUrl !== undefined) return
      isRetentionHeld = isHeld
      // What connects later does so by itself.
      if (supervisor.status.state === 'ready') await supervisor.use((client) => holdRetention(client, isHeld))
    },
    get status() {
      return supervisor.status
    },
    whenReady: (signal) => supervisor.whenReady(signal),
    close: () => supervisor.close(),
  }
}

function* encoded(rows: readonly object[]): Generator<{ readonly line: EncodedRow }> {
  for (const row of rows) yield { line: encodeRow(row) }
}
