import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Progress, silent } from '../progress.ts'
import { stageInTheWay, stageName } from '../stage.ts'
import { eraseRecords } from '../../log/eraseRecords.ts'
import { type Journal, openJournal } from '../../log/journal.ts'
import { readCheckpoint, writeCheckpoint } from '../../projection/checkpoint.ts'
import { exists } from '../../dataFolder/fileId.ts'
import { StartError } from '../../startError.ts'
import type { Store } from '../../clickhouse/store.ts'
import { findLeft } from './findLeft.ts'
import { findRefusals } from './findRefusals.ts'
import { quarantinedOf } from './quarantined.ts'
import { findJournaled, findStored } from './findSessions.ts'
import { type Receipt, sealOf } from './receipt.ts'
import type { Subject } from './subject.ts'
import { totalsOf } from './totals.ts'

/** Whose data go. */
export interface Gone {
  readonly sids: readonly string[]
  /** What was refused, or kept aside, goes with them where it has this id in it. */
  readonly id: string
}

/** Where data of a session can be. */
export interface Places {
  readonly dataDir: string
  readonly store: Store
}

const tables = ['events', 'sessions', 'ads', 'chapters', 'diagnostics'] as const

/**
 * Erase all sessions of a subject, wherever they are. The archive goes last, and in the journal the starts of the
 * sessions: what a crash interrupts is found again when it is done again.
 *
 * @param signal ends it between two places when it aborts
 * @throws when something is left, which would be a bug
 */
export async function erase(
  places: Places,
  subject: Subject,
  signal: AbortSignal,
  progress: Progress = silent,
): Promise<Receipt> {
  const { dataDir, store } = places
  // It would keep what is deleted.
  const stage = join(dataDir, stageName)
  if (await exists(stage)) throw stageInTheWay('erase', stage)
  const sids = new Set(await findStored(store, subject))
  await withJournal(dataDir, async (journal) => {
    for (const sid of (await findJournaled(journal, subject)).keys()) sids.add(sid)
  })
  const gone = { sids: [...sids], id: subject.id }
  const [before, all] = [await count(places, gone), await totalsOf(store)]
  const erased = await totalsOf(store, gone.sids)
  signal.throwIfAborted()
  if (Object.values(before).some((found) => found > 0)) {
    const path = checkpointPath(dataDir)
    const checkpoint = await readCheckpoint(path)
    const sessions = checkpoint.sessions.filter(({ state }) => !sids.has(state.sid))
    if (sessions.length < checkpoint.sessions.length) await writeCheckpoint(path, { ...checkpoint, sessions })
    await eraseRecords(join(dataDir, 'journal'), sids)
    signal.throwIfAborted()
    for (const row of await quarantinedOf(join(dataDir, 'quarantine'), gone)) await rm(row)
    let parts = 0
    await store.erase({ sids: gone.sids, refusals: await findRefusals(store, gone) }, (left) => {
      parts = Math.max(parts, left)
      progress.tell(parts - left, parts)
    })
  }
  const [after, left] = [await count(places, gone), await totalsOf(store)]
  if (Object.values(after).some((found) => found > 0)) {
    throw new Error(`not all is gone: ${JSON.stringify(after)}`)
  }
  return {
    format: 1,
    erasedAt: new Date().toISOString(),
    subject: subject.kind,
    isAnywhere: subject.kind === 'visitor' && subject.isAnywhere,
    ...sealOf(subject.id),
    sessions: sids.size,
    places: Object.fromEntries(
      Object.entries(before).map(([place, found]) => [place, { before: found, after: after[place] ?? 0 }]),
    ),
    totals: { before: all, erased, after: left },
    leftIn: await findLeft(dataDir, gone),
  }
}

/** The journal of a data folder, for as long as something is done with it. */
export async function withJournal<Result>(
  dataDir: string,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const mustExist = await exists(checkpointPath(dataDir))
  const journal = await openJournal({ dir: join(dataDir, 'journal'), mustExist }).catch((error: Error) => {
    throw new StartError(`the journal cannot be opened: ${error.message}`, error)
  })
  try {
    return await work(journal)
  } finally {
    await journal.close()
  }
}

function checkpointPath(dataDir: string): string {
  return join(dataDir, 'checkpoint.json')
}

/** Records and rows there are, physically: several versions of a row are several. */
async function count({ dataDir, store }: Places, gone: Gone): Promise<Record<string, number>> {
  const sids = new Set(gone.sids)
  const { sessions } = await readCheckpoint(checkpointPath(dataDir))
  const found: Record<string, number> = {
    journal: await withJournal(dataDir, (journal) => countRecords(journal, sids)),
    quarantine: (await quarantinedOf(join(dataDir, 'quarantine'), gone)).length,
    checkpoint: sessions.filter(({ state }) => sids.has(state.sid)).length,
  }
  for (const table of tables) {
    const sql = `SELECT count() AS rows FROM ${table} WHERE sid IN {sids:Array(String)} SETTINGS final = 0, log_queries = 0`
    // oxlint-disable-next-line no-await-in-loop -- a few short questions
    const [answer] = await store.query<{ rows: number }>(sql, { sids: gone.sids })
    found[table] = answer?.rows ?? 0
  }
  found['refusals'] = (await findRefusals(store, gone)).length
  return found
}

async function countRecords(journal: Journal, sids: ReadonlySet<string>): Promise<number> {
  let records = 0
  for await (const record of journal.readFrom(journal.firstSeq, { follow: false })) {
    if (record.kind === 'event' && sids.has(record.sid)) records += 1
  }
  return records
}
