import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { makeLoopDisk, whyNoDisk } from './loopDisk.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

const diskBytes = 512 * 1024 ** 2
/** How long the disk is well between two failures, milliseconds at most. */
const wellMsMax = 2000
/** What the server ends with when its disk has failed. */
const diskFailedCode = 74

/** A disk that takes nothing any more from some moment on, in the middle of whatever is written and synced. */
export const failingDisk: Trial = {
  id: 'failing-disk',
  name: 'the disk fails under the whole data folder: writes and syncs answer EIO; then it is mended and the server started',
  full: 12,
  short: 1,
  unit: 'times',
  obstacle: whyNoDisk,
  async run({ count, random }) {
    const disk = await makeLoopDisk(diskBytes)
    const host = new Host(join(disk.path, 'data'), quickSettings)
    return playOut({
      host,
      random,
      cleanUp: () => disk.remove(),
      async happen(ledger, wrong) {
        for (let time = 0; time < count; time += 1) {
          await wait(random.between(0, wellMsMax))
          const refused = ledger.unavailable
          await disk.fail()
          await eventually(
            'the journal to have failed',
            async () => (await host.readiness()).journal === 'failed',
          )
          await eventually('events to be refused', async () => ledger.unavailable > refused)
          const code = await host.ended()
          if (code !== diskFailedCode) wrong.push(`the server ended with ${code}`)
          await disk.restart()
          await host.start()
        }
        return `${ledger.unavailable} events got 503; the server ended with exit code ${diskFailedCode} each time`
      },
    })
  },
}
