import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { claimDataDir } from '../dataDir.ts'
import { rulesVersion } from '../session/summary.ts'
import { StartError } from '../startError.ts'
import { openStore } from '../store/openStore.ts'
import type { Store } from '../store/store.ts'
import { printChange } from './printChange.ts'
import type { TimeRange } from './readArchive.ts'
import { reprocess, type Reprocessed } from './reprocess.ts'

/** Sessions that reprocessing writes out one by one; the others are counted. */
const printedMax = 100

export interface ReprocessOptions {
  readonly range: TimeRange
  readonly isDryRun: boolean
}

/**
 * `playhead reprocess`: the server must be stopped, for two of them in one folder would destroy each other's work.
 * Rejects with a `StartError` when the operator has to mend something first.
 */
export async function runReprocess(
  { dataDir, clickhouseUrl, rules }: Pick<Config, 'dataDir' | 'clickhouseUrl' | 'rules'>,
  { range, isDryRun }: ReprocessOptions,
  write: (text: string) => void,
): Promise<void> {
  if (clickhouseUrl === undefined) await requireArchive(dataDir)
  const release = await claimDataDir(dataDir)
  try {
    const { store, lost } = open(dataDir, clickhouseUrl)
    try {
      await Promise.race([store.whenReady(), lost])
      let printed = 0
      const beganMs = performance.now()
      const result = await reprocess({
        store,
        rules,
        range,
        isDryRun,
        onChange(change) {
          printed += 1
          if (printed <= printedMax) write(printChange(change))
        },
      })
      if (printed > printedMax) write(`… and ${printed - printedMax} sessions more\n`)
      write(summaryOf(result, isDryRun, performance.now() - beganMs))
    } finally {
      await store.close()
    }
  } finally {
    await release()
  }
}

/** A misspelt folder would otherwise be made, and found to be empty. */
async function requireArchive(dataDir: string): Promise<void> {
  try {
    await access(join(dataDir, 'clickhouse'))
  } catch (error) {
    throw new StartError(`there is no archive in the data folder ${dataDir}`, error)
  }
}

/** A server waits for a store that is down; a command gives up. */
function open(dataDir: string, clickhouseUrl: string | undefined): { store: Store; lost: Promise<never> } {
  const { promise, reject } = rejecting()
  const store = openStore({
    dataDir,
    clickhouseUrl,
    onEvent: (event) => {
      if (event.kind === 'down') reject(new StartError(`the store cannot be opened: ${event.detail}`))
    },
  })
  return { store, lost: promise }
}

function rejecting(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt
  })
  // It may come after the race.
  promise.catch(() => {})
  return { promise, reject }
}

function summaryOf(result: Reprocessed, isDryRun: boolean, tookMs: number): string {
  const { events, sessions, changed, restamped, open: left, withoutStart, engineMs } = result
  const verb = isDryRun ? 'would change' : 'changed'
  const stamp = isDryRun ? 'would be' : 'are'
  return [
    `${number(sessions)} closed sessions, ${number(changed)} ${verb}, ${number(sessions - changed)} the same` +
      (restamped > 0 ? ` (of which ${number(restamped)} ${stamp} marked as of rules ${rulesVersion})` : ''),
    ...(left > 0 ? [`${number(left)} sessions left alone: open, or not stored yet`] : []),
    ...(withoutStart > 0
      ? [`${number(withoutStart)} sessions left alone: their start is not in the archive`]
      : []),
    `${number(events)} events in ${seconds(tookMs)} s, ${rate(events, tookMs)} events/s; ` +
      `normalising and the engine ${seconds(engineMs)} s of one core, ${rate(events, engineMs)} events/s`,
    '',
  ].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}

function rate(events: number, ms: number): string {
  return number(ms > 0 ? Math.round(events / (ms / 1000)) : 0)
}
