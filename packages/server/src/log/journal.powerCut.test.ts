import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SimulatedDisk } from '../../test/journal/SimulatedDisk.ts'
import { bodies, event } from '../../test/journal/records.ts'
import { openJournal } from './journal.ts'

/** One life of a process: it appends batches until its end, and how that comes about. */
const life = fc.record({
  batches: fc.array(fc.array(fc.nat({ max: 1500 }), { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  operations: fc.nat({ max: 150 }),
  end: fc.constantFrom('power cut', 'killed', 'sync fails, killed', 'sync fails, power cut'),
  syncs: fc.nat({ max: 12 }),
})

test('what was acknowledged, or read, is there after any number of crashes, power cuts and failed syncs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), fc.nat(), async (lives, seed) => {
      const disk = new SimulatedDisk(pseudoRandom(seed))
      let known: string[] = []
      for (const { batches, cut, operations, end, syncs } of lives) {
        disk.failAfter(operations)
        if (end.startsWith('sync fails')) disk.failSyncAfter(syncs)
        known = await live(disk, batches, cut, known)
        if (end.endsWith('power cut')) disk.cutPower()
        else disk.kill()
      }
      await live(disk, [], 0, known)
    }),
    { numRuns: 3000 },
  )
})

/**
 * Opens the journal, checks that all that is `known` and was not cut is there in its order, cuts, and appends.
 * Resolves with what must be there from now on: all that could be read, and all that was acknowledged.
 */
async function live(
  disk: SimulatedDisk,
  batches: number[][],
  cut: number,
  known: string[],
): Promise<string[]> {
  const sent: string[] = []
  let safe = known.length
  try {
    const journal = await openJournal({ dir: '/journal', files: disk.mount(), segmentBytesMax: 1024 })
    const found = await bodies(journal)
    const cutOff = known.slice(0, journal.firstSeq - 1)
    expect([...cutOff, ...found].slice(0, known.length)).toEqual(known)
    sent.push(...cutOff, ...found)
    safe = sent.length
    await journal.cutBefore(Math.floor(safe * cut))
    for (const batch of batches) {
      const appends = batch.map((bytes) => {
        sent.push(`${sent.length + 1}:`.padEnd(bytes, 'x'))
        return journal.append(event(sent.at(-1) ?? ''))
      })
      for (const result of await Promise.allSettled(appends)) {
        if (result.status === 'rejected') continue
        safe += 1
        expect(result.value).toBe(safe)
      }
    }
  } catch (error) {
    if (!isTheEnd(error)) throw error
  }
  return sent.length < safe ? known : sent.slice(0, safe)
}

function isTheEnd(error: unknown): boolean {
  return error instanceof Error && /the process has ended|EIO/.test(error.message)
}

/** Mulberry32: a small generator, so that a failure can be played again from its seed. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
