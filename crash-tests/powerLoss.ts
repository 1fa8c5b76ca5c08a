import { join } from 'node:path'
import { crashAgainAndAgain, type Scene } from './crashes.ts'
import { makeLoopDisk, whyNoDisk } from './loopDisk.ts'
import { freeze, storeOf } from './processes.ts'
import { scribbleBehindJournal } from './scribble.ts'
import type { Trial } from './trial.ts'

const diskBytes = 1024 ** 3

/** Each trial: cut the power of a real file system under load, start the machine again, as far as the disk goes. */
export const powerLoss: Trial = {
  id: 'power-loss',
  name: 'power loss under the whole server: ext4 forgets what was not synced; half of the time junk follows the journal’s end',
  full: 300,
  short: 5,
  unit: 'power cuts',
  obstacle: whyNoDisk,
  run: (order) => crashAgainAndAgain(createScene(), order),
}

function createScene(): Scene {
  const disks = new Map<string, Awaited<ReturnType<typeof makeLoopDisk>>>()
  return {
    isStruckAtStart: true,
    async open() {
      const disk = await makeLoopDisk(diskBytes)
      const dataDir = join(disk.path, 'data')
      disks.set(dataDir, disk)
      return { dataDir, close: () => disk.remove() }
    },
    async strike(host, random) {
      const disk = disks.get(host.dataDir)
      // When the power goes, nobody runs on: no answer is given to what happens afterwards.
      await Promise.all([freeze(host.pid), freeze(await storeOf(host.pid))])
      await disk?.cutPower()
      await host.kill(true)
      await disk?.restart()
      if (random.chance(0.5)) await scribbleBehindJournal(host.dataDir, random)
    },
  }
}
