import { join } from 'node:path'
import type { Config } from './config.ts'
import { claimDataDir } from './dataDir.ts'
import { createHttpServer } from './http/httpServer.ts'
import { createGate, type Gate } from './ingest/gate.ts'
import { createIngest } from './ingest/ingest.ts'
import { startLogClock } from './ingest/logClock.ts'
import { arrivalOf } from './ingest/normalise.ts'
import { sessionIds } from './ingest/sessionId.ts'
import { loadSessionKeys } from './ingest/sessionKeys.ts'
import { type Journal, openJournal } from './log/journal.ts'
import { createLogger } from './logger.ts'
import { type Checkpoint, readCheckpoint } from './processor/checkpoint.ts'
import { startProcessor } from './processor/processor.ts'
import { createReports } from './report/reports.ts'
import { StartError } from './startError.ts'
import { openStore } from './store/openStore.ts'

/** Time a stop waits for the store to take what is left, milliseconds; the rest is stored after the next start. */
const drainTimeoutMs = 10_000

/** A running server. */
export interface App {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string
  /** Rejects when something happened that must not; the process has to end then. */
  readonly failed: Promise<void>
  /** Take no more requests, store what was taken, and let go of everything. */
  stop(): Promise<void>
}

/**
 * Wire the stages together and start them: http → ingest → log → processor → store → report. The only place
 * that knows them all. Rejects with a `StartError` when the operator has to mend something first.
 */
export async function startApp(config: Config): Promise<App> {
  const { dataDir, rules } = config
  const log = createLogger(config.logLevel)
  const cleanUps: (() => Promise<unknown>)[] = []
  const cleanUp = async (): Promise<void> => {
    // In reverse, one after the other: what was started later leans on what was started before.
    for (const undo of cleanUps.splice(0).toReversed()) await undo()
  }

  try {
    cleanUps.push(await claimDataDir(dataDir))
    const checkpointPath = join(dataDir, 'checkpoint.json')
    const checkpoint = await readCheckpoint(checkpointPath)
    const journal = await openJournal({ dir: join(dataDir, 'journal') })
    cleanUps.push(() => journal.close())
    if (journal.recovery.truncatedBytes > 0)
      log.warn(journal.recovery, 'cut a half-written end off the journal')
    const gate = createGate(rules)
    await fillGate(gate, checkpoint, journal)
    const keys = config.sessionKeys ?? (await loadSessionKeys(dataDir))
    const ids = sessionIds(keys)
    const ingest = createIngest({
      journal,
      gate,
      ids,
      policy: config.validation,
      eventBodyMaxBytes: config.eventBodyMaxBytes,
      now: Date.now,
    })

    const store = openStore({
      dataDir,
      clickhouseUrl: config.clickhouseUrl,
      onEvent: (event) => log.info(event, `store: ${event.kind}`),
    })
    cleanUps.push(() => store.close())
    const onRetry = (error: unknown): void =>
      log.warn({ err: error }, 'a batch could not be stored; trying again')
    const processor = startProcessor({ journal, store, rules, checkpoint, checkpointPath, onRetry })
    const onClockError = (error: unknown): void =>
      log.error({ err: error }, 'the time could not be written down')
    const clock = startLogClock({
      journal,
      gate,
      now: Date.now,
      reorderWindowMs: rules.reorderWindowMs,
      onError: onClockError,
    })
    cleanUps.push(async () => {
      await clock.stop()
      await processor.stop(journal.lastSeq, drainTimeoutMs)
    })

    const http = createHttpServer({
      ingest,
      reports: createReports(store, rules),
      health: () => ({
        journal: journal.state.status,
        store: store.status.state,
        storeLagRecords: journal.lastSeq - processor.storedSeq,
        ...(processor.trouble !== undefined && { storeTrouble: processor.trouble }),
        openSessions: gate.openSessions,
      }),
      config,
      log,
    })
    cleanUps.push(() => http.close())
    const url = await http.listen({ host: config.host, port: config.port }).catch((error: Error) => {
      throw new StartError(`cannot listen on ${config.host} port ${config.port}: ${error.message}`, error)
    })
    return { url, failed: processor.done, stop: cleanUp }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

/** Let the gate hear of every session that is open, before the first request: a 404 or 410 must be right at once. */
async function fillGate(gate: Gate, checkpoint: Checkpoint, journal: Journal): Promise<void> {
  for (const { state } of checkpoint.sessions) gate.restore(state.sid, state.life)
  for await (const record of journal.readFrom(checkpoint.seq + 1, { follow: false })) {
    if (record.kind !== 'event') continue
    gate.note(record.sid, arrivalOf(JSON.parse(record.body.toString('utf8')), record.receivedAtMs))
  }
}
