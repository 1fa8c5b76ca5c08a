import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '@playhead/testing/simulator/random.ts'
import { audit } from './audit.ts'
import { createCrowd } from './crowd.ts'
import { Host, quickSettings } from './host.ts'
import { uneven } from './pace.ts'
import { askFor, latestEnded } from './sample.ts'
import { untilBusyWith, wasBusyWith } from './traces.ts'
import { addUp, type Order, type Outcome } from './trial.ts'

/** Crashes that one data folder sees before all of it is read and judged. */
const crashesPerFolder = 25
/** Longest life before the next crash, milliseconds: some inserts and checkpoints. */
const lifeMsMax = 2500
/** How long a server has got that is struck before it listens, milliseconds at most. */
const startMsMax = 700
/** Between the beginning of an insert or a checkpoint and the blow, milliseconds at most: either takes some. */
const workMsMax = 4
/** Folders, each with its server and its players, side by side: they wait more than they work. */
const foldersAtOnce = 4
/** After every so many crashes, reports of the running server are read and judged too. */
const sampleEvery = 10
const sampleSessions = 3

/** Of what is wrong in a folder, so much is told at once. */
const wrongShown = 5

const players = 8
const paceMs = 25

/** When a server is struck. */
const moments = [
  { name: 'any', weight: 4 },
  { name: 'start', weight: 2 },
  { name: 'insert', weight: 3 },
  { name: 'checkpoint', weight: 2 },
] as const

/** A place for the data of a server, and what a crash is there. */
export interface Scene {
  /** An empty data folder. */
  open(): Promise<{ readonly dataDir: string; close(): Promise<void> }>
  /** Let it happen to the server; it may live on. */
  strike(host: Host, random: Random): Promise<void>
  /** Whether the server may be struck before it listens. */
  readonly isStruckAtStart: boolean
}

/** Crash servers at random moments under load, start them again, and judge what they have in the end. */
export async function crashAgainAndAgain(scene: Scene, order: Order): Promise<Outcome> {
  const outcomes: Outcome[] = []
  const counts = { starting: 0, insert: 0, checkpoint: 0 }
  let [begun, done] = [0, 0]
  await Promise.all(
    Array.from({ length: foldersAtOnce }, async () => {
      while (begun < order.count) {
        const crashes = Math.min(crashesPerFolder, order.count - begun)
        const random = order.random.fork(begun)
        begun += crashes
        const outcome = await crashInOneFolder(scene, { ...order, count: crashes, random }, counts)
        outcomes.push(outcome)
        for (const what of outcome.wrong.slice(0, wrongShown)) order.onProgress(`WRONG: ${what}`)
        done += crashes
        const { lost, doubled, wrong } = addUp(outcomes, '')
        order.onProgress(`${done} of ${order.count}: ${lost} lost, ${doubled} doubled, ${wrong.length} wrong`)
      }
    }),
  )
  const { starting, insert, checkpoint } = counts
  const whileStarting = scene.isStruckAtStart ? `${starting} while starting, ` : ''
  return addUp(outcomes, `${whileStarting}${insert} within an insert, ${checkpoint} within a checkpoint`)
}

async function crashInOneFolder(
  scene: Scene,
  { count, random }: Order,
  counts: { starting: number; insert: number; checkpoint: number },
): Promise<Outcome> {
  const folder = await scene.open()
  const { dataDir } = folder
  const host = new Host(dataDir, quickSettings)
  const crowd = createCrowd(host.line, random.fork('players'), players, uneven(random.fork('pace'), paceMs))
  const wrong: string[] = []
  let isOrderly = true
  try {
    await crashAndRestart()
    await crowd.leave()
    const { url } = await host.server()
    wrong.push(...(await askFor(url, latestEnded(crowd.ledger, players))))
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error))
    isOrderly = false
  }
  wrong.push(...(await host.comeToRest(() => crowd.leave(), isOrderly)))
  await host.kill(true)
  const outcome = await audit(dataDir, crowd.ledger)
  await folder.close()
  return { ...outcome, wrong: [...wrong, ...outcome.wrong] }

  async function crashAndRestart(): Promise<void> {
    for (let crash = 1; crash <= count; crash += 1) {
      const bornMs = Date.now()
      await liveUntilStruck(random.weighted(moments).name, crash % sampleEvery === 0)
      await scene.strike(host, random)
      for (const work of ['insert', 'checkpoint'] as const) {
        if (await wasBusyWith(work, dataDir, bornMs)) counts[work] += 1
      }
    }
    if (!host.isUp) await host.start()
  }

  async function liveUntilStruck(
    moment: (typeof moments)[number]['name'],
    isSampled: boolean,
  ): Promise<void> {
    if (moment === 'start' && scene.isStruckAtStart && !host.isUp) {
      counts.starting += 1
      void host.launch()
      return wait(random.between(0, startMsMax))
    }
    const { url } = host.isUp ? await host.server() : await host.start()
    if (isSampled) wrong.push(...(await askFor(url, latestEnded(crowd.ledger, sampleSessions))))
    if (moment === 'insert' || moment === 'checkpoint') {
      await untilBusyWith(moment, dataDir, lifeMsMax)
      return wait(random.between(0, workMsMax))
    }
    return wait(random.unit() * random.between(0, lifeMsMax))
  }
}
