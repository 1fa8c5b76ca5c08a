import { join } from 'node:path'
import { ClickHouseError } from '@clickhouse/client'
import { messageOf } from '../../messageOf.ts'
import type { Config } from '../../config.ts'
import { claimDataDir } from '../../dataFolder/dataDir.ts'
import { type Journal, openJournal } from '../../log/journal.ts'
import type { LogRecord } from '../../log/record.ts'
import {
  type Checkpoint,
  noCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from '../../projection/checkpoint.ts'
import { openQuarantine } from '../../projection/quarantine.ts'
import { StartError } from '../../startError.ts'
import { openStore } from '../../clickhouse/openStore.ts'
import { StoreUnavailable } from '../../clickhouse/storeUnavailable.ts'
import { type ArchivedDownloads, archivedDownloads } from './archivedDownloads.ts'
import { archivedEvents } from './archivedEvents.ts'
import { type Progress, silent } from '../progress.ts'
import { mergeBySeq } from './mergeBySeq.ts'
import { type OldStore, openOldStore } from './oldStore.ts'
import { refill, type Refilled } from './refill.ts'
import { exists } from '../../dataFolder/fileId.ts'
import {
  finishDraft,
  putInPlace,
  removeDraft,
  type StoreFolders,
  storeFolders,
} from '../../dataFolder/storeFolders.ts'

/**
 * `playhead rebuild`: make the embedded store anew, from what can be read of its archive and from the journal. The server
 * must be stopped. The old store is put aside, never deleted. The checkpoint is made anew too.
 */
export async function runRebuild(
  { dataDir, clickhouseUrl, rules }: Pick<Config, 'dataDir' | 'clickhouseUrl' | 'rules'>,
  write: (text: string) => void,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<void> {
  if (clickhouseUrl !== undefined) {
    throw new StartError('rebuild is for the embedded store: a ClickHouse server has backups of its own')
  }
  if (!(await exists(join(dataDir, 'journal')))) {
    throw new StartError(`there is no journal in the data folder ${dataDir}`)
  }
  const release = await claimDataDir(dataDir)
  const folders = storeFolders(dataDir, new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''))
  try {
    if (await exists(folders.ready)) {
      await putInPlace(dataDir, folders)
      write('A rebuilding that had been cut short at its end is finished.\n')
      return
    }
    await removeDraft(folders)
    const checkpointPath = join(dataDir, 'checkpoint.json')
    const checkpoint = await usableCheckpoint(checkpointPath, write)
    const journal = await openSoundJournal(dataDir, checkpoint)
    try {
      const old = await openOld(folders, write)
      try {
        const downloads = old && archivedDownloads(old)
        const parts = { dataDir, folders, rules, checkpoint, journal, old, downloads, signal, progress }
        const refilled = await fillDraft(parts).catch(async (error: unknown) => {
          if (signal.aborted) await removeDraft(folders)
          return cutShort(error)
        })
        progress.end()
        await old?.close()
        const isReplaced = await finishDraft(dataDir, folders)
        const { open: sessions, clockOffsetMs } = refilled
        await writeCheckpoint(checkpointPath, { seq: journal.lastSeq, clockOffsetMs, sessions })
        write(summaryOf(refilled, old, downloads))
        if (isReplaced) write(`The old store is kept in ${folders.replaced}.\n`)
      } finally {
        await old?.close()
      }
    } finally {
      await journal.close()
    }
  } finally {
    await release()
  }
}

interface DraftParts {
  readonly dataDir: string
  readonly folders: StoreFolders
  readonly rules: Config['rules']
  readonly checkpoint: Checkpoint
  readonly journal: Journal
  readonly old: OldStore | undefined
  readonly downloads: ArchivedDownloads | undefined
  readonly signal: AbortSignal
  readonly progress: Progress
}

async function fillDraft(parts: DraftParts): Promise<Refilled> {
  const { dataDir, folders, rules, checkpoint, journal, old, downloads, signal, progress } = parts
  const store = openStore({ dataDir, folder: folders.draft })
  try {
    await store.whenReady(signal)
    return await refill({
      store,
      quarantine: await openQuarantine(join(dataDir, 'quarantine'), () => {}),
      rules,
      downloads: downloads?.records ?? nothing(),
      records: mergeBySeq(
        old && downloads ? archivedEvents(old, downloads.sids) : nothing(),
        journal.readFrom(journal.firstSeq, { follow: false }),
      ),
      checkpoint,
      lastSeq: journal.lastSeq,
      signal,
      progress,
    })
  } finally {
    await store.close()
  }
}

/** What the store says is enough: it names the table and the journal positions, and nothing was put in place yet. */
function cutShort(error: unknown): never {
  if (!(error instanceof StoreUnavailable || error instanceof ClickHouseError)) throw error
  throw new StartError(`the rebuilding was cut short, the old store is as it was: ${error.message}`, error)
}

async function* nothing(): AsyncGenerator<LogRecord> {}

async function usableCheckpoint(path: string, write: (text: string) => void): Promise<Checkpoint> {
  try {
    return await readCheckpoint(path)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    write(`${error.message}\nIt is made anew.\n`)
    return { seq: 0, clockOffsetMs: 0, sessions: [] }
  }
}

/** Unlike the server's, this start reads the records that are kept in reserve, and so checks them. */
async function openSoundJournal(dataDir: string, checkpoint: Checkpoint): Promise<Journal> {
  const mustExist = checkpoint !== noCheckpoint
  const journal = await openJournal({ dir: join(dataDir, 'journal'), mustExist }).catch((error: Error) => {
    throw new StartError(`${error.message}. Run playhead salvage first`, error)
  })
  if (checkpoint.seq <= journal.lastSeq) return journal
  await journal.close()
  throw new StartError('the end of the journal is lost. Run playhead salvage first')
}

async function openOld(
  { current }: StoreFolders,
  write: (text: string) => void,
): Promise<OldStore | undefined> {
  if (!(await exists(current))) {
    write('There is no store: it is made from the journal alone.\n')
    return undefined
  }
  try {
    return await openOldStore(current)
  } catch (error) {
    const reason = messageOf(error)
    write(`The archive cannot be read; the store is made from the journal alone. The reason: ${reason}\n`)
    return undefined
  }
}

function summaryOf(
  { downloads, events, open }: Refilled,
  old: OldStore | undefined,
  archived: ArchivedDownloads | undefined,
): string {
  const broken = old?.brokenParts ?? []
  const incomplete = archived?.incomplete ?? 0
  return [
    `The store is rebuilt: ${number(events)} events, ${number(downloads)} downloaded sessions from the archive, ${number(open.length)} sessions open.`,
    ...(broken.length > 0
      ? [
          `Pieces of the archive that cannot be read: ${broken.join(', ')}. What they had is there only if the journal has it.`,
        ]
      : []),
    ...(incomplete > 0
      ? [`${number(incomplete)} downloaded sessions are left out: their lists have gaps.`]
      : []),
    '',
  ].join('\n')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
