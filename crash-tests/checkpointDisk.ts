import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

/** How long the checkpoint finds no room, milliseconds at most. */
const fullMsMax = 1000

/** The checkpoint's draft leads to `/dev/full`, which refuses every byte: collecting and storing do not need it. */
export const checkpointDisk: Trial = {
  id: 'full-checkpoint',
  name: 'no room for the checkpoint alone (ENOSPC); every other time the server is killed meanwhile',
  full: 30,
  short: 2,
  unit: 'times',
  async run({ count, random }) {
    const folder = await temporaryDataDir()
    const host = new Host(folder.path, quickSettings)
    const draft = join(folder.path, 'checkpoint.json.new')
    return playOut({
      host,
      random,
      cleanUp: () => folder.remove(),
      async happen(ledger, wrong) {
        for (let time = 0; time < count; time += 1) {
          await rm(draft, { force: true })
          await symlink('/dev/full', draft)
          await eventually('the checkpoint to fail', async () => (await host.readiness()).checkpointTrouble)
          const before = ledger.acknowledged
          await eventually('events to be taken all the same', async () => ledger.acknowledged > before)
          const { status } = await host.readiness()
          if (status !== 200) wrong.push(`/readyz answered ${status} while only the checkpoint failed`)
          await wait(random.between(0, fullMsMax))
          if (time % 2 === 1) {
            await host.kill(true)
            await host.start()
          }
          await rm(draft)
          await eventually(
            'a checkpoint',
            async () => (await host.readiness()).checkpointTrouble === undefined,
          )
        }
        if (ledger.unavailable > 0) wrong.push(`${ledger.unavailable} events got 503`)
        return 'collecting and storing went on; `/readyz` said why; the next checkpoint with room was written'
      },
    })
  },
}
