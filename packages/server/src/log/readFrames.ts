import type { Frame } from './frame.ts'
import { FRAME_HEADER_BYTES, frameBytesAt, readFrame } from './frame.ts'
import type { JournalFile } from './journalFiles.ts'
import { readWhole } from './wholeTransfer.ts'

/** Bytes asked of the file system at once: enough that the call costs little beside the checksums. */
const CHUNK_BYTES = 1024 * 1024

/** Frames that lie one after the other. */
export interface FrameRun {
  frames: Frame[]
  /** Where in the file the last of them ends, in bytes: go on from here. */
  end: number
  /** Why no frame can be read at `end`, if so. */
  problem?: string
}

/**
 * Reads the frames from `start` that one chunk holds whole, checking that the first is `seq` and each follows the one
 * before. There is at least one unless there is a problem, or `start` is `end`.
 *
 * @param end Where the frames end in the file, in bytes: no frame reaches beyond, the file itself may.
 */
export async function readFrames(
  file: JournalFile,
  start: number,
  end: number,
  seq: number,
): Promise<FrameRun> {
  let bytes = Math.min(CHUNK_BYTES, end - start)
  for (;;) {
    const chunk = await readWhole(file, start, bytes)
    if (chunk.length < bytes) return { frames: [], end: start, problem: 'the file has become shorter' }
    const run = parse(chunk, start, end, seq)
    if (run.frames.length > 0 || run.problem !== undefined || bytes === end - start) return run
    // A frame larger than a chunk; its header, which parse has found sound, tells how large. Reading it again from
    // its start is simpler than joining two parts.
    bytes = frameBytesAt(chunk, 0) ?? end - start
  }
}

/** The chunk begins at `start` and may stop short of `end`. */
function parse(chunk: Buffer, start: number, end: number, firstSeq: number): FrameRun {
  const frames: Frame[] = []
  let at = 0
  const stop = (problem?: string): FrameRun => ({
    frames,
    end: start + at,
    ...(problem !== undefined && { problem }),
  })
  const endAt = end - start
  while (at < endAt) {
    if (at + FRAME_HEADER_BYTES > endAt) return stop('the file ends within a frame header')
    if (at + FRAME_HEADER_BYTES > chunk.length) return stop()
    const bytes = frameBytesAt(chunk, at)
    if (bytes === undefined) return stop('no frame has such a length')
    if (at + bytes > endAt) return stop('the file ends within a frame')
    if (at + bytes > chunk.length) return stop()
    const frame = readFrame(chunk, at, at + bytes)
    if (frame === undefined) return stop('the checksum differs')
    const seq = firstSeq + frames.length
    if (frame.seq !== seq) return stop(`record ${frame.seq} stands in the place of ${seq}`)
    frames.push(frame)
    at += bytes
  }
  return stop()
}
