import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SEGMENT_HEADER_BYTES } from 'playhead/dist/log/segment.js'
import type { Random } from '@playhead/testing/simulator/random.ts'

const sectorBytes = 512
const sectorsMax = 16

/**
 * Write behind the end of the journal what a write under way may leave there when the power goes: sectors of zeros, of
 * junk, and of what stood elsewhere, the last one cut short. Nothing of it was ever acknowledged.
 */
export async function scribbleBehindJournal(dataDir: string, random: Random): Promise<void> {
  const folder = join(dataDir, 'journal')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log'))
  const last = names.toSorted().at(-1)
  if (last === undefined) return
  const file = await open(join(folder, last), 'r+')
  try {
    const { size } = await file.stat()
    // A segment without its header is one that was just being made.
    if (size < SEGMENT_HEADER_BYTES) return
    const sectors = Array.from({ length: random.whole(1, sectorsMax) }, () => sector(size))
    const scribble = Buffer.concat(await Promise.all(sectors))
    await file.write(scribble, 0, scribble.length - random.whole(0, sectorBytes - 1), size)
    await file.sync()
  } finally {
    await file.close()
  }

  async function sector(size: number): Promise<Buffer> {
    const bytes = Buffer.alloc(sectorBytes)
    const kind = random.pick(['zeros', 'junk', 'stale'])
    if (kind === 'junk') for (let at = 0; at < sectorBytes; at += 1) bytes[at] = random.whole(0, 255)
    if (kind === 'stale') await file.read(bytes, 0, sectorBytes, random.whole(0, size - 1))
    return bytes
  }
}
