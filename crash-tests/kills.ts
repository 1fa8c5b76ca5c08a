import { setTimeout as wait } from 'node:timers/promises'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import { crashAgainAndAgain, type Scene } from './crashes.ts'
import { signalTo, storeOf, untilGone } from './processes.ts'
import type { Trial } from './trial.ts'

/** How long a store is held up before its server dies, and after, milliseconds at most. */
const stopMsMax = 300
/** Stores that a server sees die before it is killed itself. */
const storesPerServer = 4

const openFolder: Scene['open'] = async () => {
  const { path, remove } = await temporaryDataDir()
  return { dataDir: path, close: remove }
}

export const killServer: Trial = kill('kill-server', '`kill -9` of the server', 300, 5, {
  isStruckAtStart: true,
  strike: (host) => host.kill(false),
})

/** How many stores each server has lost. */
const storesKilled = new Map<number, number>()

export const killStore: Trial = kill('kill-store', '`kill -9` of the ClickHouse child', 100, 3, {
  isStruckAtStart: false,
  async strike(host) {
    const store = await eventually('a ClickHouse child', () => storeOf(host.pid))
    signalTo(store, 'SIGKILL')
    await untilGone(store)
    const killed = (storesKilled.get(host.pid) ?? 0) + 1
    storesKilled.set(host.pid, killed)
    // A server whose store dies again and again waits longer each time.
    if (killed === storesPerServer) await host.kill(false)
  },
})

export const killBoth: Trial = kill('kill-both', '`kill -9` of both at once', 200, 5, {
  isStruckAtStart: true,
  strike: (host) => host.kill(true),
})

export const killWithStoreStopped: Trial = kill(
  'kill-stopped',
  '`kill -9` of the server while the ClickHouse child is held up in whatever it does, which outlives it by up to 0.3 s',
  100,
  2,
  {
    isStruckAtStart: false,
    async strike(host, random) {
      const store = await storeOf(host.pid)
      signalTo(store, 'SIGSTOP')
      await wait(random.between(0, stopMsMax))
      setTimeout(() => signalTo(store, 'SIGKILL'), random.between(0, stopMsMax))
      await host.kill(false)
    },
  },
)

function kill(id: string, name: string, full: number, short: number, scene: Omit<Scene, 'open'>): Trial {
  return {
    id,
    name,
    full,
    short,
    unit: 'crashes',
    run: (order) => crashAgainAndAgain({ ...scene, open: openFolder }, order),
  }
}
