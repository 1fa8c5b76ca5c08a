/* oxlint-disable no-await-in-loop -- each step begins where the one before ended */
import type { JournalFile } from './journalFiles.ts'

/** Reads `bytes` bytes at `position` into a fresh buffer; shorter only when the file ends before. */
export async function readWhole(file: JournalFile, position: number, bytes: number): Promise<Buffer> {
  const into = Buffer.allocUnsafeSlow(bytes)
  let done = 0
  while (done < bytes) {
    const count = await file.read(into.subarray(done), position + done)
    if (count === 0) break
    done += count
  }
  return into.subarray(0, done)
}

/**
 * Writes all of `from` at `position`. One call of write(2) may take only a part, when the disk is nearly full or a
 * signal came; the next call goes on from there, or says what is wrong.
 */
export async function writeWhole(file: JournalFile, from: Buffer, position: number): Promise<void> {
  let done = 0
  while (done < from.length) {
    const count = await file.write(from.subarray(done), position + done)
    if (count === 0) throw new Error(`the file system took none of ${from.length - done} bytes`)
    done += count
  }
}
