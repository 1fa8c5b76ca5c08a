import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { mebibytes, watchMemory } from './memoryWatch.ts'
import { steady } from './pace.ts'
import { freeze, signalTo, storeOf, untilGone } from './processes.ts'
import { playOut } from './scenario.ts'
import type { Order, Outcome, Trial } from './trial.ts'

const eventsPerSecond = 2000
/** Enough that they keep the rate with one request under way each, also where an answer takes its time. */
const players = 500
/** What the server, without the embedded store, may take of memory in all this, bytes. */
const residentMaxBytes = 512 * 1024 ** 2
/** How long the drain may take: as long as the load lasted, and a minute to get going. */
const drainMsMin = 60_000

/** The store does nothing at all, and says nothing either. */
export const storeFrozen: Trial = {
  id: 'store-frozen',
  name: `the ClickHouse child stands still (SIGSTOP) under ${eventsPerSecond.toLocaleString('en-US')} events a second`,
  full: 600,
  short: 5,
  unit: 'seconds',
  run: (order) =>
    storeAway(order, async (host) => {
      const store = await storeOf(host.pid)
      await freeze(store)
      return async () => signalTo(store, 'SIGCONT')
    }),
}

/** The store dies, and cannot be opened again: a file stands in the place of its folder. */
export const storeBroken: Trial = {
  id: 'store-broken',
  name: `the ClickHouse child is killed and cannot open its folder, under ${eventsPerSecond.toLocaleString('en-US')} events a second`,
  full: 60,
  short: 5,
  unit: 'seconds',
  run: (order) =>
    storeAway(order, async (host) => {
      const folder = join(host.dataDir, 'clickhouse')
      const store = await storeOf(host.pid)
      // Neither the store nor its successor may make the folder anew before the file is in its place, or again.
      await freeze(store)
      await rename(folder, `${folder}.away`)
      await writeFile(folder, '')
      signalTo(store, 'SIGKILL')
      return async () => {
        await freeze(host.pid)
        const successor = await storeOf(host.pid)
        signalTo(successor, 'SIGKILL')
        await untilGone(successor)
        await rm(folder)
        await rename(`${folder}.away`, folder)
        signalTo(host.pid, 'SIGCONT')
      }
    }),
}

/** @param takeAway what happens to the store; answers how it comes back */
async function storeAway(
  { count, random, onProgress }: Order,
  takeAway: (host: Host) => Promise<() => Promise<void>>,
): Promise<Outcome> {
  const folder = await temporaryDataDir()
  const host = new Host(folder.path, { ...quickSettings, PLAYHEAD_CHECKPOINT_INTERVAL_S: '60' })
  return playOut({
    host,
    random,
    players,
    pace: steady(eventsPerSecond),
    cleanUp: () => folder.remove(),
    async happen(ledger, wrong) {
      const memory = watchMemory(host)
      await eventually('the store to be ready', async () => (await host.readiness()).store === 'ready')
      const bringBack = await takeAway(host)
      const [beganMs, before] = [performance.now(), ledger.acknowledged]
      for (let second = 0; second < count; second += 1) {
        await wait(1000)
        if (second % 60 === 59)
          onProgress(`${second + 1} s, ${ledger.acknowledged} acknowledged, ${mebibytes(memory.maxBytes)}`)
      }
      const perSecond = Math.round((ledger.acknowledged - before) / ((performance.now() - beganMs) / 1000))
      const lag = (await host.readiness()).storeLagRecords
      await bringBack()
      const drainBeganMs = performance.now()
      // The load goes on: the store has to be faster than the players.
      await host.untilCaughtUp(eventsPerSecond * 5, count * 1000 + drainMsMin)
      const drainS = Math.round((performance.now() - drainBeganMs) / 1000)
      memory.stop()
      if (ledger.unavailable > 0) wrong.push(`${ledger.unavailable} events got 503`)
      if (memory.maxBytes > residentMaxBytes) wrong.push(`the server took ${mebibytes(memory.maxBytes)}`)
      return `${perSecond} events a second acknowledged; ${lag} records behind in the end, drained in ${drainS} s under the same load; ${mebibytes(memory.maxBytes)} of memory at most, of ${mebibytes(residentMaxBytes)} allowed`
    },
  })
}
