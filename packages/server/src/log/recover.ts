/* oxlint-disable no-await-in-loop -- each segment is judged by the one before */
import { join } from 'node:path'
import { findWitness } from './findWitness.ts'
import { JournalDamaged } from './journalErrors.ts'
import type { JournalFile, JournalFiles } from './journalFiles.ts'
import { scanSegment, type Scan } from './scanSegment.ts'
import { firstSeqOfName, readHeader, SEGMENT_HEADER_BYTES, type Segment, segmentName } from './segment.ts'
import { readWhole, writeWhole } from './wholeTransfer.ts'

/** What opening a journal has found and mended: for the log line. */
export interface Recovery {
  /** Bytes of a torn tail, cut off; 0 after a clean stop. None of it had been acknowledged. */
  truncatedBytes: number
  /** Path of the segment that had it. */
  segment: string | undefined
}

/** The journal as it lies on disk, sound from end to end. */
export interface Recovered {
  /** Ascending; empty when there is no journal yet. */
  segments: Segment[]
  lastSeq: number
  lastReceivedAtMs: number
  recovery: Recovery
}

/**
 * Reads and checks the journal, and cuts off what a crash left half-written at its end. All that it reports as
 * readable is on disk afterwards.
 *
 * @param neededSeq segments that hold only what is below are kept in reserve: of them the header alone is read
 * @throws JournalDamaged when a record that was or may have been acknowledged is missing or unreadable.
 */
export async function recover(files: JournalFiles, dir: string, neededSeq: number): Promise<Recovered> {
  const recovered: Recovered = {
    segments: [],
    lastSeq: 0,
    lastReceivedAtMs: 0,
    recovery: { truncatedBytes: 0, segment: undefined },
  }
  const firstSeqs = (await files.list(dir)).flatMap((name) => firstSeqOfName(name) ?? [])
  firstSeqs.sort((a, b) => a - b)
  for (const [index, firstSeq] of firstSeqs.entries()) {
    const nextSeq = firstSeqs[index + 1]
    const place = { dir, firstSeq, isLast: nextSeq === undefined }
    const endSeq = nextSeq !== undefined && nextSeq <= neededSeq ? nextSeq : undefined
    await recoverSegment(files, { ...place, endSeq }, recovered)
  }
  await files.syncDir(dir)
  return recovered
}

interface SegmentPlace {
  readonly dir: string
  readonly firstSeq: number
  readonly isLast: boolean
  /** Where the next one begins, if this one need not be checked. */
  readonly endSeq: number | undefined
}

/** Adds a segment to what is recovered so far. Only the last can be torn: the others were synced before it began. */
async function recoverSegment(
  files: JournalFiles,
  { dir, firstSeq, isLast, endSeq }: SegmentPlace,
  recovered: Recovered,
): Promise<void> {
  const path = join(dir, segmentName(firstSeq))
  const isFirst = recovered.segments.length === 0
  if (!isFirst && firstSeq !== recovered.lastSeq + 1) {
    throw new JournalDamaged(path, 0, recovered.lastSeq + 1, 'the segment before this one is missing')
  }
  const file = await files.open(path, isLast ? 'r+' : 'r')
  try {
    const size = await file.size()
    const header = readHeader(await readWhole(file, 0, SEGMENT_HEADER_BYTES))
    if (header === undefined && isLast && size <= SEGMENT_HEADER_BYTES && (!isFirst || firstSeq === 1)) {
      // A crash while the segment was created: it holds no record yet, and the log goes on in the one before.
      await files.remove(path)
      recovered.recovery = { truncatedBytes: size, segment: path }
      return
    }
    if (header?.firstSeq !== firstSeq) {
      throw new JournalDamaged(path, 0, firstSeq, 'the header cannot be read or belongs to another segment')
    }
    if (endSeq !== undefined) {
      recovered.segments.push({ firstSeq, path, bytes: size })
      recovered.lastSeq = endSeq - 1
      recovered.lastReceivedAtMs = header.notBeforeMs
      return
    }
    const scan = await scanSegment(file, size, header)
    if (scan.problem !== undefined) {
      if (!isLast) throw new JournalDamaged(path, scan.end, scan.lastSeq + 1, scan.problem)
      await cutTornTail(file, path, size, scan)
      recovered.recovery = { truncatedBytes: size - scan.end, segment: path }
    }
    if (isLast) await rewriteLastGroup(file, scan)
    recovered.segments.push({ firstSeq, path, bytes: scan.end })
    recovered.lastSeq = scan.lastSeq
    recovered.lastReceivedAtMs = scan.lastReceivedAtMs
  } finally {
    await file.close()
  }
}

async function cutTornTail(file: JournalFile, path: string, size: number, scan: Scan): Promise<void> {
  const seq = scan.lastSeq + 1
  const witness = findWitness(await readWhole(file, scan.end, size - scan.end), seq)
  if (witness !== undefined) {
    const reason = `${scan.problem}; record ${witness} behind it proves that it had been acknowledged`
    throw new JournalDamaged(path, scan.end, seq, reason)
  }
  await file.truncate(scan.end)
}

/**
 * Puts the last group on disk. It can be read, but perhaps from memory only: the process may have died before its
 * sync, or because its sync failed. After a failed sync Linux holds the pages for clean, and a new sync writes
 * nothing and succeeds. So the bytes are written again, which makes the pages dirty, and then synced.
 */
async function rewriteLastGroup(file: JournalFile, scan: Scan): Promise<void> {
  const group = await readWhole(file, scan.lastGroupStart, scan.end - scan.lastGroupStart)
  await writeWhole(file, group, scan.lastGroupStart)
  await file.datasync()
}
