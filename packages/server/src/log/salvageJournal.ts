/* oxlint-disable no-await-in-loop -- each segment goes on from the one before */
import { copyFile, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from './journalFiles.ts'
import { sync } from './provenSync.ts'
import { type Damage, salvageSegment, type SeqRange } from './salvageSegment.ts'
import { firstSeqOfName, readHeader, SEGMENT_HEADER_BYTES, segmentName } from './segment.ts'
import { readWhole } from './wholeTransfer.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'

/** A segment that was not as it should be. */
export interface DamagedSegment {
  readonly file: string
  readonly damages: readonly Damage[]
  /** Records that are lost with it, or that are missing in front of it. */
  readonly lost: readonly SeqRange[]
}

/** What is in a journal once it has been salvaged. */
export interface Salvage {
  readonly damaged: readonly DamagedSegment[]
  /** 0 and 0 when there is no segment at all. */
  readonly firstSeq: number
  readonly lastSeq: number
  readonly lastReceivedAtMs: number
  /** Records that are sound. */
  readonly records: number
}

export interface SalvageOptions {
  /** The journal's folder; nobody may have it open. */
  readonly dir: string
  /** Where a damaged file is copied to before it is replaced; a folder that is made when it is needed. */
  readonly asideDir: string
  /** Look, and change nothing. */
  readonly isDryRun: boolean
  /** Called for each damaged segment once it is mended, or would be. */
  readonly onDamaged: (segment: DamagedSegment) => void
  /** Ends it between two segments when it aborts. */
  readonly signal: AbortSignal
}

/**
 * Makes a damaged journal one that can be opened: every sound record stays, under its seq, and in the place of each lost
 * one stands a mark. A segment is replaced as a whole, and its file kept aside, so a crash leaves the old one or the new one.
 */
export async function salvageJournal({
  dir,
  asideDir,
  isDryRun,
  onDamaged,
  signal,
}: SalvageOptions): Promise<Salvage> {
  const segments = await listSegments(dir)
  const damaged: DamagedSegment[] = []
  const firstSeq = segments[0]?.firstSeq ?? 0
  let [seq, notBeforeMs, records] = [firstSeq, 0, 0]
  for (const [index, { name }] of segments.entries()) {
    signal.throwIfAborted()
    const path = join(dir, name)
    const bytes = await readFile(path)
    const nextSeq = segments[index + 1]?.firstSeq
    const isLast = index === segments.length - 1
    // A crash while it was created: opening removes it.
    const isUnbegun = bytes.length <= SEGMENT_HEADER_BYTES && readHeader(bytes) === undefined
    if (isLast && index > 0 && isUnbegun && firstSeqOfName(name) === seq) break
    const salvaged = salvageSegment(bytes, {
      firstSeq: seq,
      notBeforeMs,
      // A copy of a segment does not begin behind it.
      endSeq: nextSeq !== undefined && nextSeq > seq ? nextSeq : Infinity,
      isLast,
    })
    const { damages, lost } = salvaged
    seq = salvaged.lastSeq + 1
    notBeforeMs = salvaged.lastReceivedAtMs
    records += salvaged.records
    const sound = join(dir, segmentName(salvaged.firstSeq))
    if (damages.length === 0 && lost.length === 0 && sound === path) continue
    const segment = { file: path, damages, lost }
    damaged.push(segment)
    if (isDryRun) {
      onDamaged(segment)
      continue
    }
    await nodeFiles.makeDir(asideDir)
    await copyDurably(path, join(asideDir, name))
    await nodeFiles.syncDir(asideDir)
    // Where nothing was found and nothing is missing, as in a copy of another segment, the next one has the name.
    const isNeeded = isLast || salvaged.lastSeq >= salvaged.firstSeq
    if (isNeeded) await writeDurably(sound, [Buffer.concat(salvaged.pieces)])
    else await rm(path)
    if (isNeeded && sound !== path) await rm(path)
    await nodeFiles.syncDir(dir)
    onDamaged(segment)
  }
  return { damaged, firstSeq, lastSeq: Math.max(0, seq - 1), lastReceivedAtMs: notBeforeMs, records }
}

/** In their order, which is that of their headers or, where one is damaged, of its file's name. */
async function listSegments(dir: string): Promise<{ name: string; firstSeq: number }[]> {
  const segments: { name: string; firstSeq: number }[] = []
  for (const name of (await readdir(dir)).toSorted()) {
    const seq = firstSeqOfName(name)
    if (seq === undefined) continue
    const file = await nodeFiles.open(join(dir, name), 'r')
    try {
      const header = readHeader(await readWhole(file, 0, SEGMENT_HEADER_BYTES))
      segments.push({ name, firstSeq: header?.firstSeq ?? seq })
    } finally {
      await file.close()
    }
  }
  return segments.toSorted((a, b) => a.firstSeq - b.firstSeq)
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  const file = await open(to, 'r+')
  try {
    await sync(file)
  } finally {
    await file.close()
  }
}
