import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createRandom } from '@playhead/testing/simulator/random.ts'
import { openForTest } from './openForTest.ts'
import { recordOf } from './recordOf.ts'
import { collect } from './records.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'

const SCRIPT = fileURLToPath(new URL('appendUntilKilled.ts', import.meta.url))

/** Runs the appending process over the folder and kills it; resolves with the last seq that it saw acknowledged. */
async function appendAndKill(dir: string, acknowledgements: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let last = 0
  let count = 0
  for await (const line of createInterface(child.stdout)) {
    // They come in order, and the last line may be cut short by the kill: then it is smaller, and changes nothing.
    last = Math.max(last, Number(line))
    count += 1
    if (count === acknowledgements) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  expect(count).toBeGreaterThanOrEqual(acknowledgements)
  return last
}

/**
 * A killed process loses what was not handed to the kernel yet; what a power cut may lose beyond that is played
 * through in journal.powerCut.test.ts.
 */
test('a process killed at random moments loses nothing it has acknowledged', async () => {
  const dir = await temporaryFolder()
  const random = createRandom('crashes of a journal')
  let acknowledged = 0
  for (let round = 0; round < 6; round++) {
    // oxlint-disable no-await-in-loop -- a crash after the other
    acknowledged = Math.max(acknowledged, await appendAndKill(dir, random.whole(1, 600)))
    const journal = await openForTest({ dir })
    expect(journal.lastSeq).toBeGreaterThanOrEqual(acknowledged)
    const records = await collect(journal.readFrom(1, { follow: false }))
    expect(records).toHaveLength(journal.lastSeq)
    for (const [index, record] of records.entries()) {
      expect(record).toEqual({ ...recordOf(index + 1), seq: index + 1 })
    }
    await journal.close()
    // oxlint-enable no-await-in-loop
  }
})
