import { openJournal } from '../../src/log/journal.ts'
import { recordOf } from './recordOf.ts'

/**
 * Appends to the journal in the folder given, 16 at a time, and prints each seq as it is acknowledged, a line each,
 * until it is killed. What a record holds follows from its seq, so that another process can check it.
 */
const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('usage: appendUntilKilled.ts <folder>')

const journal = await openJournal({ dir, segmentBytesMax: 256 * 1024 })
let nextSeq = journal.lastSeq + 1

async function appendOn(): Promise<never> {
  for (;;) {
    const expected = nextSeq++
    const seq = await journal.append(recordOf(expected))
    if (seq !== expected) throw new Error(`record ${expected} was acknowledged as ${seq}`)
    // Waits where the pipe is full; a plain writeSync fails there.
    process.stdout.write(`${seq}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, appendOn))
