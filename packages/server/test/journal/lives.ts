import { deepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { openJournal } from '../../src/log/journal.ts'
import { SimulatedDisk } from './SimulatedDisk.ts'
import { bodies, event } from './records.ts'

/** What is appended in one breath, and how much room the disk has for it. */
const batch = fc.record({
  bodiesBytes: fc.array(fc.nat({ max: 1500 }), { minLength: 1, maxLength: 6 }),
  roomBytes: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 4000 })),
})
type Batch = typeof batch extends fc.Arbitrary<infer Value> ? Value : never

/** One life of a process: it appends batches until its end, and how that comes about. */
const life = fc.record({
  batches: fc.array(batch, { maxLength: 12 }),
  keepBytesMax: fc.nat({ max: 3000 }),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  operations: fc.nat({ max: 150 }),
  end: fc.constantFrom('power cut', 'killed', 'sync fails, killed', 'sync fails, power cut'),
  syncs: fc.nat({ max: 12 }),
})

/** What happened in the lives that were lived. */
export interface Lived {
  lives: number
  powerCuts: number
  failedSyncs: number
  /** Events that had been acknowledged, or read, in the end. */
  known: number
  /** Events that a full disk refused. */
  refused: number
}

/**
 * Let journals live through up to six lives each on a disk as bad as disks may be. Throws, with the shortest example
 * found, when something that was acknowledged, or read, is not there afterwards, or something that was refused is.
 *
 * @param seed the same lives for the same seed
 */
export async function liveThroughCrashes(journals: number, seed: number): Promise<Lived> {
  const lived: Lived = { lives: 0, powerCuts: 0, failedSyncs: 0, known: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), fc.nat(), async (lives, diskSeed) => {
      const disk = new SimulatedDisk(pseudoRandom(diskSeed))
      let known: string[] = []
      const refused = new Set<string>()
      for (const { end, operations, syncs, ...plan } of lives) {
        disk.setRoom(Number.POSITIVE_INFINITY)
        disk.failAfter(operations)
        if (end.startsWith('sync fails')) disk.failSyncAfter(syncs)
        known = await live(disk, plan, { known, refused })
        if (end.endsWith('power cut')) disk.cutPower()
        else disk.kill()
        lived.lives += 1
        lived.powerCuts += end.endsWith('power cut') ? 1 : 0
        lived.failedSyncs += end.startsWith('sync fails') ? 1 : 0
      }
      disk.setRoom(Number.POSITIVE_INFINITY)
      await live(disk, { batches: [], cut: 0, keepBytesMax: 0 }, { known, refused })
      lived.known += known.length
      lived.refused += refused.size
    }),
    { numRuns: journals, seed },
  )
  return lived
}

interface Plan {
  readonly batches: readonly Batch[]
  readonly cut: number
  readonly keepBytesMax: number
}

/**
 * Opens the journal, checks that all that is `known` and was not cut is there in its order, cuts, and appends.
 * Resolves with what must be there from now on: all that could be read, and all that was acknowledged.
 */
async function live(
  disk: SimulatedDisk,
  { batches, cut, keepBytesMax }: Plan,
  { known, refused }: { known: string[]; refused: Set<string> },
): Promise<string[]> {
  const sent: string[] = []
  let safe = known.length
  try {
    const options = {
      dir: '/journal',
      segmentBytesMax: 1024,
      groupBytesMax: 2048,
      keepBytesMax,
      fullRetryMs: 0,
    }
    const journal = await openJournal({ ...options, files: disk.mount() })
    const found = await bodies(journal)
    deepStrictEqual(
      found.filter((text) => refused.has(text)),
      [],
    )
    const cutOff = known.slice(0, journal.firstSeq - 1)
    deepStrictEqual([...cutOff, ...found].slice(0, known.length), known)
    sent.push(...cutOff, ...found)
    safe = sent.length
    await journal.cutBefore(Math.floor(safe * cut))
    for (const { bodiesBytes, roomBytes } of batches) {
      disk.setRoom(roomBytes)
      const appends = bodiesBytes.map((bytes) => {
        sent.push(`${sent.length + 1} after ${refused.size} refused:`.padEnd(bytes, 'x'))
        return journal.append(event(sent.at(-1) ?? ''))
      })
      const results = await Promise.allSettled(appends)
      for (const result of results) {
        if (result.status === 'rejected') continue
        safe += 1
        deepStrictEqual(result.value, safe)
      }
      if (journal.state.status === 'failed') return sent.slice(0, safe)
      // What a full disk refused is not there, and will not turn up: the next one takes its place.
      if (results.some(({ status }) => status === 'rejected')) {
        for (const text of sent.splice(safe)) refused.add(text)
        deepStrictEqual(await bodies(journal), sent.slice(journal.firstSeq - 1))
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
