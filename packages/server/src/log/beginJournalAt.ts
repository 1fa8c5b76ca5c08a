/* oxlint-disable no-await-in-loop -- oldest first */
import { copyFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from './journalFiles.ts'
import { createSegment, firstSeqOfName } from './segment.ts'

export interface JournalBeginning {
  /** The journal's folder; nobody may have it open. */
  readonly dir: string
  /** Where its segments are copied to. */
  readonly asideDir: string
  readonly firstSeq: number
  /** Arrival of the last record there was. */
  readonly notBeforeMs: number
}

/** Let a journal whose end is lost, and whose other records nobody needs, go on at another position. */
export async function beginJournalAt({
  dir,
  asideDir,
  firstSeq,
  notBeforeMs,
}: JournalBeginning): Promise<void> {
  const names = (await readdir(dir)).filter((name) => firstSeqOfName(name) !== undefined).toSorted()
  await nodeFiles.makeDir(asideDir)
  for (const name of names) await copyFile(join(dir, name), join(asideDir, name))
  await nodeFiles.syncDir(asideDir)
  for (const name of names) await rm(join(dir, name))
  const { file } = await createSegment(nodeFiles, dir, { firstSeq, notBeforeMs })
  await file.close()
}
