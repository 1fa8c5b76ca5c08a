/* oxlint-disable no-await-in-loop -- the order of the segments is the point */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { frameOf } from './frame.ts'
import { JournalDamaged } from './journalErrors.ts'
import { nodeFiles } from './journalFiles.ts'
import { readFrames } from './readFrames.ts'
import { erasedPayload, readPayload } from './record.ts'
import { firstSeqOfName, SEGMENT_HEADER_BYTES, segmentName } from './segment.ts'
import { readWhole } from './wholeTransfer.ts'
import { writeDurably } from '../dataFolder/writeDurably.ts'

/**
 * Takes the events of some sessions out of a journal that nobody has open, and that opening has found sound. A record
 * keeps its seq and its time, so that the log has no gap; its session and its body are gone. A segment is written anew
 * as a whole, so a crash leaves the old one or the new one. The newest goes first: the start of a session, which says
 * whose it is, is the last to go, so what a crash interrupts is found again.
 *
 * @returns how many records were erased
 */
export async function eraseRecords(dir: string, sids: ReadonlySet<string>): Promise<number> {
  const names = await readdir(dir)
  // What a crash left of an earlier rewriting.
  for (const name of names) if (name.endsWith('.log.new')) await rm(join(dir, name))
  const firstSeqs = names.flatMap((name) => firstSeqOfName(name) ?? []).toSorted((a, b) => b - a)
  let erased = 0
  for (const firstSeq of firstSeqs) erased += await eraseInSegment(dir, firstSeq, sids)
  return erased
}

async function eraseInSegment(dir: string, firstSeq: number, sids: ReadonlySet<string>): Promise<number> {
  const path = join(dir, segmentName(firstSeq))
  let erased = 0
  for await (const { isErased } of framesOf(path, firstSeq, sids)) if (isErased) erased += 1
  if (erased > 0) await writeDurably(path, rewritten(path, firstSeq, sids))
  return erased
}

async function* rewritten(path: string, firstSeq: number, sids: ReadonlySet<string>) {
  const file = await nodeFiles.open(path, 'r')
  try {
    yield await readWhole(file, 0, SEGMENT_HEADER_BYTES)
  } finally {
    await file.close()
  }
  for await (const { frame, isErased } of framesOf(path, firstSeq, sids)) {
    yield frameOf(isErased ? { ...frame, payload: erasedPayload(frame.payload) } : frame)
  }
}

async function* framesOf(path: string, firstSeq: number, sids: ReadonlySet<string>) {
  const file = await nodeFiles.open(path, 'r')
  try {
    const size = await file.size()
    let seq = firstSeq
    for (let at = SEGMENT_HEADER_BYTES; at < size;) {
      const { frames, end, problem } = await readFrames(file, at, size, seq)
      if (problem !== undefined) throw new JournalDamaged(path, end, seq + frames.length, problem)
      for (const frame of frames) {
        const record = readPayload(frame.payload, frame.seq)
        yield { frame, isErased: record.kind === 'event' && sids.has(record.sid) }
      }
      at = end
      seq += frames.length
    }
  } finally {
    await file.close()
  }
}
