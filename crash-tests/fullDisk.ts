import { mkdir, open, rm, statfs, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { makeLoopDisk, whyNoDisk } from './loopDisk.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

const diskBytes = 256 * 1024 ** 2
/** How long a disk stays full, and has room again, milliseconds at most. */
const fullMsMax = 1500
const roomMsMax = 1500

/** The whole data folder on a disk that fills up and has room again, time after time. */
export const fullDisk: Trial = {
  id: 'full-disk',
  name: 'the disk fills up (ENOSPC), has room again, and fills up again, under the whole data folder',
  full: 40,
  short: 2,
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
        await eventually('the tables to be made', async () => (await host.readiness()).store === 'ready')
        for (let time = 0; time < count; time += 1) {
          await wait(random.between(0, roomMsMax))
          const ballast = fill(disk.path)
          await eventually('the journal to be full', async () => (await host.readiness()).journal === 'full')
          await wait(random.between(0, fullMsMax))
          await ballast.drop()
          await eventually('the journal to take events', async () => (await host.readiness()).status === 200)
        }
        if (ledger.unavailable < count) wrong.push(`only ${ledger.unavailable} events met a full disk`)
        return `${ledger.unavailable} events got 503 and were not there later; each time it went on by itself`
      },
    })
  },
}

/** ClickHouse alone on such a disk: collecting goes on all the while. */
export const fullStoreDisk: Trial = {
  id: 'full-store-disk',
  name: 'the disk of ClickHouse alone fills up and has room again',
  full: 20,
  short: 1,
  unit: 'times',
  obstacle: whyNoDisk,
  async run({ count, random }) {
    const disk = await makeLoopDisk(diskBytes)
    const folder = await temporaryDataDir()
    await mkdir(join(disk.path, 'clickhouse'))
    await symlink(join(disk.path, 'clickhouse'), join(folder.path, 'clickhouse'))
    const host = new Host(folder.path, quickSettings)
    return playOut({
      host,
      random,
      async cleanUp() {
        await disk.remove()
        await folder.remove()
      },
      async happen(ledger, wrong) {
        await eventually('the tables to be made', async () => (await host.readiness()).store === 'ready')
        for (let time = 0; time < count; time += 1) {
          await wait(random.between(0, roomMsMax))
          const ballast = fill(disk.path)
          await eventually('the store to be in trouble', async () => {
            const { storeTrouble, store } = await host.readiness()
            return storeTrouble !== undefined || store === 'down'
          })
          const before = ledger.acknowledged
          await eventually('events to be taken all the same', async () => ledger.acknowledged > before)
          const { status } = await host.readiness()
          if (status !== 200) wrong.push(`/readyz answered ${status} while only the store was full`)
          await ballast.drop()
          await eventually(
            'the store to catch up',
            async () => (await host.readiness()).storeTrouble === undefined,
          )
        }
        if (ledger.unavailable > 0) wrong.push(`${ledger.unavailable} events got 503`)
        return 'collecting went on all the while, and the backlog drained each time'
      },
    })
  },
}

/** Fill a disk to the last block, and keep it full: the server deletes things, too. */
function fill(path: string): { drop(): Promise<void> } {
  const ballast = join(path, 'ballast')
  const dropping = new AbortController()
  const filling = keepFull()

  async function keepFull(): Promise<void> {
    const file = await open(ballast, 'a')
    try {
      while (!dropping.signal.aborted) {
        const { bfree, bsize } = await statfs(path)
        // In ever smaller pieces: the last ones find the blocks that a large one does not.
        for (let bytes = bfree * bsize; bytes >= bsize; bytes = Math.floor(bytes / 2)) {
          await file.write(Buffer.alloc(Math.min(bytes, 2 ** 22))).catch(() => {})
        }
        await wait(20)
      }
    } finally {
      await file.close()
    }
  }

  return {
    async drop() {
      dropping.abort()
      await filling
      await rm(ballast)
    },
  }
}
