import type { Config } from '../../config.ts'
import { rulesVersion } from '@playhead/engine'
import type { Store } from '../../clickhouse/store.ts'
import { type Progress, silent } from '../progress.ts'
import { withStore } from '../withStore.ts'
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
  config: Pick<Config, 'dataDir' | 'clickhouseUrl' | 'rules'>,
  { range, isDryRun }: ReprocessOptions,
  write: (text: string) => void,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<void> {
  const work = async (store: Store): Promise<void> => {
    let printed = 0
    const beganMs = performance.now()
    const result = await reprocess({
      store,
      rules: config.rules,
      range,
      isDryRun,
      onChange(change) {
        printed += 1
        if (printed <= printedMax) write(printChange(change))
      },
      signal,
      progress,
    })
    progress.end()
    if (printed > printedMax) write(`… and ${printed - printedMax} sessions more\n`)
    write(summaryOf(result, isDryRun, performance.now() - beganMs))
  }
  await withStore(config, work, signal)
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
