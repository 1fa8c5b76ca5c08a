import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { claimDataDir } from '../../dataFolder/dataDir.ts'
import { writeDurably } from '../../dataFolder/writeDurably.ts'
import { StartError } from '../../startError.ts'
import { type Progress, silent } from '../progress.ts'
import { bytesIn, copyTree } from './copyTree.ts'
import { stageInTheWay, stageName } from '../stage.ts'
import { hold } from './hold.ts'
import { type Manifest, sizeOf } from './manifest.ts'

/**
 * `playhead backup`: a copy of the data folder, also of a running server, without asking it for anything. All that was
 * acknowledged before is in it. Rejects with a `StartError` when the operator has to mend something first.
 */
export async function runBackup(
  { dataDir, clickhouseUrl }: Pick<Config, 'dataDir' | 'clickhouseUrl'>,
  to: string,
  write: (text: string) => void,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<void> {
  const stage = join(dataDir, stageName)
  await access(join(dataDir, 'journal')).catch((error: Error) => {
    throw new StartError(`backup: there is no journal in the data folder ${dataDir}`, error)
  })
  // What a ClickHouse server has at this moment we cannot hold: nothing may come in until both are backed up.
  const release = clickhouseUrl === undefined ? async () => {} : await claimDataDir(dataDir)
  let isStageOurs = false
  try {
    // Of two backups that begin together, one makes it.
    await mkdir(stage).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw stageInTheWay('backup', stage)
      throw new StartError(`backup: ${stage} cannot be made: ${error.message}`, error)
    })
    isStageOurs = true
    await mkdir(to).catch((error: Error) => {
      throw new StartError(`backup: the folder cannot be made: ${error.message}`, error)
    })
    const takenAt = new Date().toISOString()
    await hold(dataDir, stage)
    const total = await bytesIn(stage)
    let done = 0
    const onBytes = (bytes: number): void => progress.tell((done += bytes), total)
    const entries = await copyTree(stage, join(to, 'data'), signal, onBytes).catch(async (error: unknown) => {
      if (signal.aborted) await rm(to, { recursive: true })
      throw error
    })
    const manifest: Manifest = { format: 1, takenAt, hasStore: clickhouseUrl === undefined, entries }
    await writeDurably(join(to, 'manifest.json'), `${JSON.stringify(manifest, undefined, 1)}\n`)
    progress.end()
    write(summaryOf(manifest, to))
  } finally {
    if (isStageOurs) await rm(stage, { recursive: true, force: true })
    await release()
  }
}

function summaryOf({ takenAt, hasStore, entries }: Manifest, to: string): string {
  return `${sizeOf(entries)} in ${to}: what was acknowledged before ${takenAt}
${hasStore ? '' : 'the database of the ClickHouse server is not in it: back it up before the server starts again\n'}`
}
