import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { firstSeqOfName, segmentName } from '../../log/segment.ts'
import { readCheckpoint, writeCheckpoint } from '../../projection/checkpoint.ts'
import { hold } from './hold.ts'

/** Records of a segment here. */
const segmentRecords = 10

test('a journal that keeps nothing behind its checkpoint, and is cut all the while, is held without a gap', async () => {
  const dir = await temporaryFolder()
  const dataDir = join(dir, 'data')
  await mkdir(join(dataDir, 'journal'), { recursive: true })
  // Some work between the journal's first segments and its last.
  await mkdir(join(dataDir, 'clickhouse'))
  await Promise.all(
    Array.from({ length: 50 }, (_, nth) => writeFile(join(dataDir, `clickhouse/${nth}`), 'part')),
  )
  let firstSeq = 1
  const begin = (seq: number): Promise<void> =>
    writeFile(join(dataDir, 'journal', segmentName(seq)), 'frames')
  await begin(firstSeq)
  await writeCheckpoint(join(dataDir, 'checkpoint.json'), { seq: 0, clockOffsetMs: 0, sessions: [] })

  const over = new AbortController()
  const server = (async () => {
    while (!over.signal.aborted) {
      const next = firstSeq + segmentRecords
      await begin(next)
      await writeCheckpoint(join(dataDir, 'checkpoint.json'), {
        seq: next - 1,
        clockOffsetMs: 0,
        sessions: [],
      })
      await rm(join(dataDir, 'journal', segmentName(firstSeq)))
      firstSeq = next
    }
  })()
  let held = 0
  try {
    for (let nth = 0; nth < 100; nth += 1) {
      const stage = join(dir, `stage-${nth}`)
      await mkdir(stage)
      // It may give up, but never leave something out.
      if (!(await hold(dataDir, stage).then(() => true, isGivingUp))) continue
      held += 1
      const { seq } = await readCheckpoint(join(stage, 'checkpoint.json'))
      const firstSeqs = (await readdir(join(stage, 'journal'))).map((name) => firstSeqOfName(name) ?? NaN)
      const oldest = Math.min(...firstSeqs)
      expect(oldest).toBeLessThanOrEqual(seq + 1)
      expect(firstSeqs.toSorted((a, b) => a - b)).toEqual(
        firstSeqs.map((_, index) => oldest + index * segmentRecords),
      )
    }
  } finally {
    over.abort()
    await server
  }
  expect(held).toBeGreaterThan(0)
})

function isGivingUp(error: unknown): false {
  expect(String(error)).toContain('cut faster')
  return false
}
