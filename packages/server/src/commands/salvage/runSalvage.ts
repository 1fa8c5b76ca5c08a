import { access, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { claimDataDir } from '../../dataFolder/dataDir.ts'
import { beginJournalAt } from '../../log/beginJournalAt.ts'
import type { DamagedSegment, Salvage } from '../../log/salvageJournal.ts'
import { salvageJournal } from '../../log/salvageJournal.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../projection/checkpoint.ts'
import { exists } from '../../dataFolder/fileId.ts'
import { StartError } from '../../startError.ts'
import { printSegment, printSeqs } from './printSalvage.ts'

export interface SalvageCommand {
  readonly kind: 'salvage'
  readonly isDryRun: boolean
}

/**
 * Positions left out where the end of the journal is lost: rows of the lost records may be in the store under theirs,
 * and a new record must not take the place of one. More than a server takes between two checkpoints.
 */
const skippedSeqsMax = 10_000_000

/**
 * `playhead salvage`: make a damaged journal or checkpoint one that the server starts with, keep what is damaged aside,
 * and say what is lost. The server must be stopped.
 */
export async function runSalvage(
  { dataDir }: Pick<Config, 'dataDir'>,
  { isDryRun }: SalvageCommand,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const dir = join(dataDir, 'journal')
  await access(dir).catch((error: unknown) => {
    throw new StartError(`there is no journal in the data folder ${dataDir}`, error)
  })
  const release = await claimDataDir(dataDir)
  try {
    const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
    const asideDir = join(dataDir, `journal.damaged-${stamp}`)
    const checkpointPath = join(dataDir, 'checkpoint.json')
    const checkpoint = await readCheckpoint(checkpointPath).catch((error: Error) => error)
    const isMissing = !(await exists(checkpointPath))
    const onDamaged = (segment: DamagedSegment): void => write(printSegment(segment))
    const salvage = await salvageJournal({ dir, asideDir, isDryRun, onDamaged, signal })
    write(summaryOf(salvage, checkpoint, isDryRun ? undefined : asideDir))

    if (checkpoint instanceof Error) {
      const aside = `${checkpointPath}.damaged-${stamp}`
      if (!isDryRun) await rename(checkpointPath, aside)
      write(`${checkpoint.message}\n${isDryRun ? 'It would be' : 'It is'} moved to ${aside}.\n`)
      write(adviceWithoutCheckpoint(salvage))
    } else if (isMissing && salvage.firstSeq > 1) {
      // What was cut off may be in the store: a checkpoint without the open sessions would lose those.
      write(`${checkpointPath} is missing.\n${adviceWithoutCheckpoint(salvage)}`)
    } else if (salvage.lastSeq < checkpoint.seq || (!isMissing && salvage.firstSeq === 0)) {
      const seq = checkpoint.seq + skippedSeqsMax
      write(
        `The journal ends with record ${salvage.lastSeq}, the checkpoint is at ${checkpoint.seq}: the end of the journal is lost. ` +
          `All up to ${checkpoint.seq} is in the store; what was acknowledged after it is lost, and nobody can count it. ` +
          `The journal ${isDryRun ? 'would go on' : 'goes on'} at ${seq + 1}.\n`,
      )
      if (!isDryRun) {
        await writeCheckpoint(checkpointPath, { ...checkpoint, seq })
        await beginJournalAt({ dir, asideDir, firstSeq: seq + 1, notBeforeMs: salvage.lastReceivedAtMs })
      }
    } else if (salvage.firstSeq > checkpoint.seq + 1) {
      const lost = { firstSeq: checkpoint.seq + 1, lastSeq: salvage.firstSeq - 1 }
      write(
        `The beginning of the journal is gone.\nLOST: ${printSeqs([lost])}. They had been acknowledged.\n`,
      )
      if (!isDryRun) await writeCheckpoint(checkpointPath, { ...checkpoint, seq: lost.lastSeq })
    }
    if (isDryRun) write('Nothing was changed.\n')
  } finally {
    await release()
  }
}

function summaryOf(
  { damaged, records }: Salvage,
  checkpoint: Checkpoint | Error,
  asideDir: string | undefined,
): string {
  if (damaged.length === 0) return `The journal is sound: ${number(records)} records.\n`
  const lost = damaged.flatMap((segment) => segment.lost)
  const storedSeq = checkpoint instanceof Error ? 0 : checkpoint.seq
  const stored = lost.filter(({ lastSeq }) => lastSeq <= storedSeq)
  const missing = lost.filter(({ lastSeq }) => lastSeq > storedSeq)
  return [
    `${number(records)} records are sound.`,
    ...(lost.length === 0 ? ['No record is lost.'] : []),
    ...(stored.length > 0 ? [`Lost from the journal, but stored before: ${printSeqs(stored)}.`] : []),
    ...(missing.length > 0 ? [`LOST: ${printSeqs(missing)}. They had been acknowledged.`] : []),
    ...(asideDir === undefined ? [] : [`The damaged files are kept in ${asideDir}.`]),
    '',
  ].join('\n')
}

function adviceWithoutCheckpoint({ firstSeq }: Salvage): string {
  return firstSeq <= 1
    ? 'The journal is there from its first record: the next start reads it from the beginning.\n'
    : `The journal begins at record ${firstSeq}: run playhead rebuild, which makes a new checkpoint from archive and journal.\n`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
