import { execFile } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { makeLoopDisk, whyNoDisk } from './loopDisk.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

const run = promisify(execFile)

const diskBytes = 512 * 1024 ** 2
/** A little more, for what the tmpfs needs itself. */
const backingBytes = diskBytes + 2 ** 20
/** How long the disk is well between two failures, milliseconds at most. */
const wellMsMax = 2000
/** What the server ends with when its disk has failed. */
const diskFailedCode = 74

/**
 * A disk whose blocks cannot be written any more. The file system is in a file of a tmpfs; when that is full, ext4 has room
 * and the device below has not: what was written fails with EIO when it is synced.
 */
export const failingDisk: Trial = {
  id: 'failing-disk',
  name: 'the disk fails under the whole data folder: writes and syncs answer EIO; then it is mended and the server started',
  full: 12,
  short: 1,
  unit: 'times',
  obstacle: whyNoDisk,
  async run({ count, random }) {
    const backing = await mkdtemp(join(tmpdir(), 'playhead-backing-'))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${backingBytes}`, 'none', backing])
    const disk = await makeLoopDisk(diskBytes, backing)
    const ballast = join(backing, 'ballast')
    const host = new Host(join(disk.path, 'data'), quickSettings)
    return playOut({
      host,
      random,
      async cleanUp() {
        await disk.remove()
        await run('umount', [backing])
        await rm(backing, { recursive: true })
      },
      async happen(ledger, wrong) {
        for (let time = 0; time < count; time += 1) {
          await wait(random.between(0, wellMsMax))
          const refused = ledger.unavailable
          await fill(ballast)
          await eventually(
            'the journal to have failed',
            async () => (await host.readiness()).journal === 'failed',
          )
          await eventually('events to be refused', async () => ledger.unavailable > refused)
          const code = await host.ended()
          if (code !== diskFailedCode) wrong.push(`the server ended with ${code}`)
          await rm(ballast)
          await disk.restart()
          await host.start()
        }
        return `${ledger.unavailable} events got 503; the server ended with exit code ${diskFailedCode} each time`
      },
    })
  },
}

/** Take the last byte of the file system that the path is in. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    const block = Buffer.alloc(2 ** 20)
    for (;;) await file.appendFile(block)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    await file.close()
  }
}
