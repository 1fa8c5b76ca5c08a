import { createHmac } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createAccess } from './auth/access.ts'
import { isLoopback } from './auth/loopback.ts'
import { openTokenBook } from './auth/tokenBook.ts'
import type { Config } from './config.ts'
import { claimDataDir } from './dataFolder/dataDir.ts'
import { fillGate } from './fillGate.ts'
import type { Greeted } from './greeting.ts'
import { connectionsAllowed } from './http/limits/connectionsAllowed.ts'
import { createHttpServer } from './http/server/httpServer.ts'
import { listeningOn } from './http/server/listening.ts'
import { followTls } from './http/server/tlsFiles.ts'
import { createCapacity } from './ingest/capacity.ts'
import { createGate } from './ingest/gate.ts'
import { createIngest } from './ingest/ingest.ts'
import { openSessionsIn, openSessionsMaxBytesOf } from './ingest/openSessionBytes.ts'
import { tallied } from './ingest/tally.ts'
import { startLogClock } from './ingest/logClock.ts'
import { availableBytes, heapBytes, watchMemory } from './ingest/memory.ts'
import { clockHealth, logClockEvent } from './ingest/clockHealth.ts'
import { createServerClock } from './ingest/serverClock.ts'
import { sessionIds } from './events/sessionId.ts'
import { JournalDamaged, openJournal } from './log/journal.ts'
import { journalFailure, journalHealth } from './journalFailure.ts'
import { type JournalFiles, nodeFiles } from './log/journalFiles.ts'
import { observedFiles } from './log/observedFiles.ts'
import { loadSessionKeys, type SessionKeys } from './events/sessionKeys.ts'
import { createLogger } from './logger.ts'
import { standardError } from './output.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { beginCheckpoint, noCheckpoint, readCheckpoint } from './projection/checkpoint.ts'
import { startProjection } from './projection/projection.ts'
import { openQuarantine } from './projection/quarantine.ts'
import { createLiveFeed } from './live/liveFeed.ts'
import { keepRefusals } from './rejections/keepRefusals.ts'
import { createReportDesk } from './reports/worker/reportDesk.ts'
import { requireWholeStore } from './dataFolder/storeFolders.ts'
import { markStore, findMissing } from './dataFolder/storeIdentity.ts'
import { StartError } from './startError.ts'
import { openStore } from './clickhouse/openStore.ts'

/** How long a stop waits for the store to take what is left; the rest is stored after the next start. */
const drainTimeoutMs = 10_000

/** How long a stop waits for requests under way; players give up after 5 s. */
const requestsTimeoutMs = 5000

/** Open sessions whose ids are checked at a start: were the keys lost or altered, not one would be right. */
const sidsCheckedMax = 100

/** How severe in the log is what happens to the store. */
const storeLevels = {
  ready: 'info',
  migrated: 'info',
  engineSaid: 'info',
  down: 'warn',
  damaged: 'error',
} as const

/** A running server, and what there is to say of it. */
export interface App extends Greeted {
  /** Rejects when something happened that must not; the process has to end then. */
  readonly failed: Promise<void>
  /** Whether the journal has failed: what was acknowledged may not be there at the next start. */
  readonly isJournalFailed: boolean
  /** Take no more requests, store what was taken, and let go of everything. */
  stop(): Promise<void>
}

/** What tests put something else in the place of. */
export interface AppSeams {
  /** The file system under the journal. */
  readonly journalFiles?: JournalFiles
}

/**
 * Wire the stages together and start them: http → ingest → log → projection → clickhouse → reports. The only place
 * that knows them all. Rejects with a `StartError` when the operator has to mend something first.
 */
export async function startApp(config: Config, seams: AppSeams = {}): Promise<App> {
  const { dataDir, rules } = config
  const log = createLogger(config.logLevel)
  const connectionsMax = Math.min(config.limits.connectionsMax, connectionsAllowed())
  const openSessionsMaxBytes = openSessionsMaxBytesOf(heapBytes())
  const openSessionsMax = config.limits.openSessionsMax || openSessionsIn(openSessionsMaxBytes)
  const limits = { ...config.limits, connectionsMax, openSessionsMax, openSessionsMaxBytes }
  let isStopping = false
  const cleanUps: (() => Promise<unknown>)[] = []
  const cleanUp = async (): Promise<void> => {
    // In reverse, one after the other: what was started later leans on what was started before.
    for (const undo of cleanUps.splice(0).toReversed()) {
      await undo().catch((error: unknown) =>
        log.error({ err: error }, 'a part could not be stopped in order'),
      )
    }
  }

  try {
    cleanUps.push(await claimDataDir(dataDir))
    // Behind a proxy others can reach what listens on loopback.
    const isNeeded = !isLoopback(config.host) || config.trustedProxies.length > 0
    const book = await openTokenBook({
      path: config.tokensFile ?? join(dataDir, 'tokens.json'),
      isGiven: config.tokensFile !== undefined,
      apiToken: config.apiToken,
      isNeeded,
      onChange(error) {
        if (error !== undefined)
          log.error(
            { err: error },
            'the tokens file has changed and is not usable; the tokens before it hold',
          )
        else if (book.tokens.length > 0)
          log.info({ tokens: book.tokens.length }, 'the tokens file has changed: took it as it is now')
        else
          log.warn(
            'no token is left: reports stay closed until there is one (playhead token add) or the server is started again',
          )
      },
    })
    cleanUps.push(async () => book.close())
    const checkpointPath = join(dataDir, 'checkpoint.json')
    const checkpoint = await readCheckpoint(checkpointPath)
    const metrics = createMetrics()
    const failure = journalFailure()
    const journal = await openJournal({
      dir: join(dataDir, 'journal'),
      backlogBytesMax: config.journalMaxBytes,
      keepBytesMax: config.journalKeepBytes,
      neededSeq: checkpoint.seq + 1,
      mustExist: checkpoint !== noCheckpoint,
      files: observedFiles(seams.journalFiles ?? nodeFiles, metrics.journalSynced),
      onState(state) {
        if (state.status === 'ok') log.info('the journal takes events again')
        else if (state.status === 'full')
          log.warn({ err: state.cause }, 'the journal has no room: events are refused until there is')
        else {
          log.fatal(
            { err: state.cause },
            'the journal has failed: events are refused, and the server ends to be started again',
          )
          failure.begin(state.cause)
        }
      },
    }).catch((error: Error) => {
      throw new StartError(
        `the journal cannot be opened: ${error.message}${error instanceof JournalDamaged ? '. The command playhead salvage saves what is sound' : ''}`,
        error,
      )
    })
    cleanUps.push(() => journal.close())
    cleanUps.push(async () => failure.forget())
    if (journal.recovery.truncatedBytes > 0)
      log.warn(journal.recovery, 'cut a half-written end off the journal')
    const gate = createGate(rules)
    const logEnd = await fillGate(gate, checkpoint, journal)
    // Before anything is acknowledged: if the journal is lost, the next start knows that there was one.
    if (checkpoint === noCheckpoint) await beginCheckpoint(checkpointPath)
    const keys = config.sessionKeys ?? (await loadSessionKeys(dataDir))
    const ids = sessionIds(keys)
    const foreign = checkpoint.sessions
      .slice(0, sidsCheckedMax)
      .filter(({ state }) => !ids.isAuthentic(state.sid))
    if (foreign.length > 0)
      log.error(
        { sessions: foreign.length },
        'the session keys have not signed the ids of open sessions, whose events get 404: put session-keys back from a backup',
      )
    await requireWholeStore(dataDir)
    const missingInStore = config.clickhouseUrl ? undefined : await findMissing(dataDir, checkpoint.seq > 0)
    if (missingInStore !== undefined) log.error({ reason: missingInStore }, 'the store is not whole')
    const store = openStore({
      dataDir,
      clickhouseUrl: config.clickhouseUrl,
      retention: config.retention,
      onInsert: metrics.storeInserted,
      onEvent: (event) => log[storeLevels[event.kind]](event, `store: ${event.kind}`),
    })
    cleanUps.push(() => store.close())
    const clock = createServerClock({
      system: Date.now,
      monotonic: () => performance.now(),
      ...logEnd,
      onEvent(event) {
        logClockEvent(log, event)
        store
          .holdRetention(event.kind === 'leapt')
          .catch((error: unknown) => log.error({ err: error }, 'retention could not be held or resumed'))
      },
    })
    if (!config.clickhouseUrl && missingInStore === undefined) {
      void store
        .whenReady()
        .then(() => markStore(dataDir))
        .catch((error: unknown) => {
          if (!isStopping) log.warn({ err: error }, 'the store could not be given its id')
        })
    }
    const refusals = keepRefusals(store, (message, error) => log.warn({ err: error }, message))
    cleanUps.push(() => refusals.stop())
    const memory = watchMemory(limits.memoryMaxBytes)
    cleanUps.push(async () => memory.stop())
    const { ingest, tally, noteUnmatched } = tallied(
      createIngest({
        journal,
        gate,
        capacity: createCapacity({ gate, memory, ...limits }),
        ids,
        policy: config.validation,
        admission: config.admission,
        eventBodyMaxBytes: config.eventBodyMaxBytes,
        timeouts: rules.timeouts,
        clock,
      }),
      clock.calendarNow,
      refusals.note,
    )

    const onRetry = (error: unknown): void =>
      log.warn({ err: error }, 'what is in the journal could not be stored; trying again')
    const quarantine = await openQuarantine(
      join(dataDir, 'quarantine'),
      (kept) => log.error(kept, 'the store refuses a row for what it is: it is kept in quarantine'),
      (file, reason) =>
        log.error(
          { file, reason },
          'a file in quarantine is damaged: it is not stored. Put it back from a backup, or delete it',
        ),
    )
    const projection = startProjection({
      quarantine,
      journal,
      store,
      rules,
      checkpoint,
      checkpointPath,
      checkpointIntervalMs: config.checkpointIntervalMs,
      onRetry,
    })
    const onClockError = (error: unknown): void =>
      log.error({ err: error }, 'the time could not be written down')
    const logClock = startLogClock({ journal, gate, clock, onError: onClockError })
    cleanUps.push(async () => {
      try {
        await logClock.stop()
      } finally {
        // After a failure no clock record ends the last batch.
        const isFailed = journal.state.status === 'failed'
        await projection.stop(journal.lastSeq, isFailed ? 0 : drainTimeoutMs)
      }
    })

    metrics.observe({
      diskFreeBytes: async () => {
        const { bavail, bsize } = await statfs(dataDir)
        return bavail * bsize
      },
      acknowledged: () => tally.acknowledgedByKind,
      openSessions: () => gate.openSessions,
      journal: () => ({ state: journal.state.status, lastSeq: journal.lastSeq, bytes: journal.bytes }),
      projectionLagRecords: () => journal.lastSeq - projection.appliedSeq,
      quarantinedRows: () => quarantine.rows,
      clockLeapMs: () => clock.leapMs ?? 0,
      logLinesLost: () => standardError().lost,
      store: () => ({
        state: store.status.state,
        lagRecords: journal.lastSeq - projection.storedSeq,
        lagMs: projection.unstoredSinceMs === undefined ? 0 : clock.now() - projection.unstoredSinceMs,
      }),
    })
    const desk = createReportDesk({
      rules,
      readerFor: (suites) => (suites === undefined ? store : store.seenBy(suites)),
      onLost: (reason) =>
        log.error({ reason }, 'a report worker was lost; the next report starts another one'),
    })
    cleanUps.push(() => desk.close())
    const live = createLiveFeed({ sessions: () => projection.sessions(), tally, now: clock.calendarNow })
    const http = createHttpServer({
      ingest,
      reportsFor: ({ reader: { suites, token }, client, signal }) =>
        desk.reportsFor({ suites, reader: token ?? client, signal }),
      access: createAccess({ book, key: signedInKey(keys), now: clock.calendarNow }),
      live,
      isStopping: () => isStopping,
      health: () => ({
        ...journalHealth(journal),
        ...clockHealth(clock),
        store: store.status.state,
        storeLagRecords: journal.lastSeq - projection.storedSeq,
        ...storeDetail([store.status.detail, missingInStore]),
        ...(projection.trouble !== undefined && { storeTrouble: projection.trouble }),
        ...(projection.checkpointTrouble !== undefined && {
          checkpointTrouble: projection.checkpointTrouble,
        }),
        quarantinedRows: quarantine.rows,
        openSessions: gate.openSessions,
        openSessionsMax,
      }),
      observer: metrics,
      onUnmatched: noteUnmatched,
      exposition: metrics.exposition,
      config: { ...config, limits },
      log,
    })
    cleanUps.push(async () => {
      isStopping = true
      await wait(config.stopNoticeMs)
      live.close()
      await closeHttp(http)
    })
    const url = await http.listen({ host: config.host, port: config.port }).catch((error: Error) => {
      const other = 'code' in error && error.code === 'EADDRINUSE' ? '; PLAYHEAD_PORT takes another one' : ''
      throw new StartError(
        `cannot listen on ${config.host} port ${config.port}: ${error.message}${other}`,
        error,
      )
    })
    if (config.tls !== undefined) {
      const stop = followTls(http.server, config.tls, (error) =>
        error === undefined
          ? log.info('took the certificate as it is now')
          : log.error(
              { err: error },
              'the certificate has changed and is not usable; the one before it holds',
            ),
      )
      cleanUps.push(async () => stop())
    } else if (isNeeded && config.trustedProxies.length === 0) {
      log.warn('tokens go over the network in the clear: set PLAYHEAD_TLS_CERT_FILE, or end TLS in a proxy')
    }
    if (heapBytes() > availableBytes() / 2)
      log.warn(
        { heapBytes: heapBytes(), availableBytes: availableBytes() },
        'the heap may grow to more than half of the memory there is: set --max-old-space-size in NODE_OPTIONS to three eighths of it',
      )
    if (connectionsMax < config.limits.connectionsMax)
      log.warn({ connectionsMax }, 'the system allows few open files: fewer connections than configured')
    return {
      ...listeningOn(url, config.host),
      // To be said once, for it is kept nowhere.
      firstToken: book.firstSecret,
      isTokenNeeded: book.isTokenNeeded,
      failed: Promise.race([projection.done, failure.over]),
      get isJournalFailed() {
        return journal.state.status === 'failed'
      },
      stop: cleanUp,
    }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

/** What signed-in browsers are proved with: made of what session ids are signed with, and of no use for those. */
function signedInKey([{ secret }]: SessionKeys): Buffer {
  return createHmac('sha256', secret).update('signed-in browsers').digest()
}

/** Answer what is under way, for a while, and take nothing new. */
async function closeHttp(http: ReturnType<typeof createHttpServer>): Promise<void> {
  const forceCloseTimer = setTimeout(() => http.server.closeAllConnections(), requestsTimeoutMs)
  await http.close()
  clearTimeout(forceCloseTimer)
}

function storeDetail(reasons: readonly (string | undefined)[]): { readonly storeDetail?: string } {
  const said = reasons.filter((reason) => reason !== undefined)
  return said.length === 0 ? {} : { storeDetail: said.join('; ') }
}
