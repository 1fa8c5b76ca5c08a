import { access, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { leapTrustedAfterMs } from 'playhead/src/ingest/serverClock.ts'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { eventually } from './eventually.ts'
import { Host, quickSettings } from './host.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

/** Debian's `faketime`: it lies to a process about the system's clock, and about that alone. */
const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
const leapMaxS = 30 * 86_400
/** How long a clock stays wrong that comes back, and is right in between, milliseconds at most. */
const wrongMsMax = 3000
const rightMsMax = 2000

/** The system's clock of the server leaps and comes back, time after time; at last it leaps and stays. */
export const clockLeaps: Trial = {
  id: 'clock-leaps',
  name: 'the system’s clock leaps by up to 30 days, forwards or back, and comes back after up to 3 s; at last it stays where it has leapt to',
  full: 40,
  short: 2,
  unit: 'leaps',
  obstacle: () =>
    access(library).then(
      () => undefined,
      () => 'Debian’s faketime is not installed',
    ),
  async run({ count, random }) {
    const folder = await temporaryDataDir()
    const file = `${folder.path}.time`
    const leapTo = (seconds: number): Promise<void> =>
      writeFile(file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}`)
    await leapTo(0)
    const host = new Host(folder.path, {
      ...quickSettings,
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    })
    const clockIs = (clock: string): Promise<unknown> =>
      eventually(`the clock to be ${clock}`, async () => (await host.readiness()).clock === clock)
    return playOut({
      host,
      random,
      async cleanUp() {
        await folder.remove()
        await rm(file)
      },
      async happen(ledger, wrong) {
        await eventually('the store to be ready', async () => (await host.readiness()).store === 'ready')
        const leap = async (seconds: number): Promise<void> => {
          await leapTo(seconds)
          await clockIs('leapt')
        }
        for (let time = 0; time < count; time += 1) {
          const seconds = random.between(120, leapMaxS) * (time % 2 === 0 ? 1 : -1)
          await leap(seconds)
          await wait(random.between(0, wrongMsMax))
          await leapTo(0)
          await clockIs('ok')
          const { clockOffsetMs } = await host.readiness()
          if (clockOffsetMs !== undefined) wrong.push(`a leap of ${seconds} s was taken for a correction`)
          await wait(random.between(0, rightMsMax))
        }
        await leap(-leapMaxS)
        await wait(leapTrustedAfterMs)
        await clockIs('ok')
        const { clockOffsetMs = 0 } = await host.readiness()
        if (Math.abs(clockOffsetMs + leapMaxS * 1000) > 1000)
          wrong.push(`a correction by ${-leapMaxS} s was taken for one of ${clockOffsetMs} ms`)
        await host.kill(true)
        await host.start()
        if ((await host.readiness()).clockOffsetMs !== clockOffsetMs)
          wrong.push('after a crash the correction was not known')
        const before = ledger.acknowledged
        await eventually('events to be taken', async () => ledger.acknowledged > before + 100)
        return `no session was closed, and no event refused; the last leap was taken for a correction after ${leapTrustedAfterMs / 1000} s, and still was after a crash`
      },
    })
  },
}
